"""`lms check`: is everything that is kept as it must be?"""

import click

from lms.checks import checks, remarks_on, repairs
from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding, holding_alone
from lms.db import db, write_unit
from lms.plugins.contract import PluginError

SHOWN = 20


@click.command()
@click.option("--repair", is_flag=True, help="Make what is counted twice what the facts say; stop the servers before.")
def check(*, repair: bool) -> None:
    """Check database, content, translations and plugins; name every difference, and end with 1 where there is one.

    Nothing is changed, and servers may go on; with --repair no server may run.
    """
    from lms.cli import differences  # noqa: F401 (registers its checks)

    settings = command_settings()
    try:
        app = command_app(settings)
    except PluginError as error:
        raise click.ClickException(str(error)) from error
    hold = holding_alone if repair else holding
    with hold(settings.data), app.app_context():
        if repair:
            _repair()
        wrong = sum(_run(title) for title in checks())
    if wrong:
        raise click.ClickException(f"{wrong} differences")
    say("Everything is as it must be.")


def _repair() -> None:
    for title, mend in repairs().items():
        with write_unit():
            mended = mend()
        say(f"{title}: {mended} mended")


def _run(title: str) -> int:
    db.session.rollback()
    found = list(checks()[title]())
    say(f"{title}: {'good' if not found else f'{len(found)} differences'}")
    for difference in found[:SHOWN]:
        say(f"  {difference}")
    for remark in remarks_on(title):
        say(f"  {remark}")
    return len(found)
