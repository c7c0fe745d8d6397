"""`lms upgrade`: bring the database to the version of the program."""

from contextlib import nullcontext

import click
from flask import Flask

from lms.cli.environment import command_app, command_settings, is_sqlite, say
from lms.cli.holding import holding_alone
from lms.clock import now
from lms.db import db
from lms.training.sync import sync_plugins
from lms.upgrade import CORE, Branch, is_current
from lms.upgrade import upgrade as migrate


@click.command()
def upgrade() -> None:
    """Bring the database to the version of this program: the core first, then each enabled plugin and its content."""
    settings = command_settings()
    # PostgreSQL's migrations run in transactions that wait for the servers' own.
    with holding_alone(settings.data) if is_sqlite(settings) else nullcontext():
        app = command_app(settings)
        with app.app_context():
            bring_up_to_date(app)


def bring_up_to_date(app: Flask) -> None:
    """Migrate what is not current and publish what the plugins bring, in the app's context, and say so."""
    for branch in branches(app):
        name = branch.name or "core"
        if is_current(db.engine, branch):
            say(f"{name}: current")
        else:
            say(f"{name}: upgrading ...")
            migrate(db.engine, (branch,))
            say(f"{name}: done")
    for line in sync_plugins(now()):
        say(f"content: {line}")


def branches(app: Flask) -> tuple[Branch, ...]:
    """The core's migrations and those of the enabled plugins."""
    return (CORE, *app.extensions.get("lms_plugin_branches", ()))
