"""`lms move --to URL`: carry the database to another one, and prove the copy equal."""

import json
import sys

import click
from sqlalchemy import make_url

from lms.backup.comparing import Compared
from lms.backup.errors import BackupError
from lms.backup.moving import Move, NotEqual
from lms.backup.targets import empty_target, target_for
from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding_alone
from lms.cli.upgrade import branches
from lms.db import db
from lms.settings import Settings, database_address


@click.command()
@click.option("--to", "address", required=True, metavar="URL", help="An empty database; sqlite:////FILE for a file.")
@click.option("--json", "as_json", is_flag=True, help="Say what was compared as JSON.")
def move(address: str, as_json: bool) -> None:
    """Copy the database of the settings into the empty one at URL, read it back, and compare every value.

    Ends with 1, and leaves the target empty, where anything differs. Stop servers and workers first. The present
    database is only read; set DATABASE_URL to the new one afterwards.
    """
    settings = command_settings()
    with holding_alone(settings.data):
        try:
            compared = _moved(settings, database_address(address), hidden=as_json)
        except NotEqual as error:
            _tell(error.compared, as_json)
            raise click.ClickException(str(error)) from error
        except BackupError as error:
            raise click.ClickException(f"{error} Nothing was changed.") from error
    _tell(compared, as_json)
    if not as_json:
        say(f"The copy is equal. Set DATABASE_URL to {_without_password(address)} now; the old one stays as it is.")


def _moved(settings: Settings, address: str, *, hidden: bool) -> list[Compared]:
    """Copy and compare, with a bar on the error stream where somebody looks at it."""
    target = empty_target(address)
    target_for(settings.database_url).refuse_if_in_use()
    app = command_app(settings)
    label = "Copying and comparing"
    with app.app_context(), click.progressbar(length=1, label=label, hidden=hidden, file=sys.stderr) as bar:

        def show(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        try:
            return Move(db.engine, target, branches(app), show).run()
        finally:
            db.engine.dispose()


def _tell(compared: list[Compared], as_json: bool) -> None:
    if as_json:
        equal = all(each.equal for each in compared)
        say(json.dumps({"equal": equal, "tables": [each.as_json() for each in compared]}, indent=1))
        return
    for each in compared:
        say(f"{each.table}: {each.here.rows} rows, {each.here.text[:16]}" if each.equal else f"DIFFERS: {each}")


def _without_password(address: str) -> str:
    return make_url(address).render_as_string(hide_password=True)
