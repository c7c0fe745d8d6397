"""`lms check`: is everything that is kept as it must be?"""

import click

from lms.checks import checks, remarks_on
from lms.cli.environment import command_app, command_settings, say
from lms.cli.holding import holding
from lms.db import db
from lms.plugins.contract import PluginError

SHOWN = 20


@click.command()
def check() -> None:
    """Check database, content, translations and plugins; name every difference, and end with 1 where there is one.

    Nothing is changed, and servers may go on.
    """
    from lms.cli import differences  # noqa: F401 (registers its checks)

    settings = command_settings()
    try:
        app = command_app(settings)
    except PluginError as error:
        raise click.ClickException(str(error)) from error
    with holding(settings.data), app.app_context():
        wrong = sum(_run(title) for title in checks())
    if wrong:
        raise click.ClickException(f"{wrong} differences")
    say("Everything is as it must be.")


def _run(title: str) -> int:
    db.session.rollback()
    found = list(checks()[title]())
    say(f"{title}: {'good' if not found else f'{len(found)} differences'}")
    for difference in found[:SHOWN]:
        say(f"  {difference}")
    for remark in remarks_on(title):
        say(f"  {remark}")
    return len(found)
