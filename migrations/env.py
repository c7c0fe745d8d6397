"""Runs the core's migrations or one plugin's; each has a version table, so that a removed plugin blocks nothing."""

from alembic import context

from lms.upgrade import configure_context

configure_context(context)
with context.begin_transaction():
    context.run_migrations()
