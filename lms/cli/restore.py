"""`lms restore FILE`: put a backup in the place of what is here."""

import os
from pathlib import Path

import click

from lms.backup.errors import BackupError
from lms.backup.restoring import Restore
from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding_alone
from lms.cli.passphrase import opening_passphrase, passphrase_file
from lms.cli.upgrade import branches
from lms.jobs.worker import run_due
from lms.settings import SECRET_FILE


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@passphrase_file
@click.option("--force", is_flag=True, help="Replace data that is here already.")
@click.option("--without", multiple=True, metavar="PLUGIN", help="Leave the data of a plugin out.")
def restore(file: Path, passphrase_file: Path | None, force: bool, without: tuple[str, ...]) -> None:
    """Restore FILE into the database and folder of the settings; it may come from another kind of database.

    The whole backup is verified before anything changes. Stop servers and workers first.
    """
    settings = command_settings()
    with holding_alone(settings.data):
        passphrase = opening_passphrase(passphrase_file)
        app = command_app(settings)
        try:
            Restore(settings, branches(app), without, say).run(file, passphrase, force=force)
        except BackupError as error:
            raise click.ClickException(f"{error} Nothing was changed.") from error
        sealed = run_due(app, only={"seal_again"})
        erased = run_due(app, only={"erase_again"})
    say("Restored." + (f" {erased} people who were erased stay erased." if erased else ""))
    if sealed:
        say("What the backup's secret.key had sealed (second factors, signing keys) is sealed anew with SECRET_KEY.")
        return
    key = settings.data / SECRET_FILE
    if os.environ.get("SECRET_KEY", key.read_text("ascii")) != key.read_text("ascii"):
        say(f"SECRET_KEY in the environment is not that of the backup, which is now in {key}: set it to that.")
