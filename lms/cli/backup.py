"""`lms backup FILE`: everything that is kept, in one sealed file."""

from pathlib import Path

import click

from lms.backup.errors import BackupError
from lms.backup.writing import write_backup
from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding
from lms.cli.passphrase import passphrase_file, sealing_passphrase
from lms.db import db


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@passphrase_file
@click.option("--new-code", is_flag=True, help="Make a new recovery code and print it.")
def backup(file: Path, passphrase_file: Path | None, new_code: bool) -> None:
    """Write database, files and keys into FILE, encrypted, while servers go on.

    It is sealed with a passphrase, or with a recovery code that is printed the first time.
    """
    settings = command_settings()
    if file.exists():
        raise click.ClickException(f"{file} is there already. Give another name.")
    with holding(settings.data):
        app = command_app(settings)
        passphrase = sealing_passphrase(settings.data, passphrase_file, fresh=new_code)
        with app.app_context():
            try:
                write_backup(db.engine, settings, file, passphrase, say)
            except BackupError as error:
                raise click.ClickException(str(error)) from error
    say(f"{file}: {file.stat().st_size:,} bytes")
