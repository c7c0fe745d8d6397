"""Migrations: one environment, a version table a plugin."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, Connection, Engine

from lms.db import Base, Instant
from lms.paths import MIGRATIONS


@dataclass(frozen=True)
class Branch:
    """The migrations of the core (empty name) or of one plugin, whose tables begin with its name."""

    name: str
    versions: Path

    @property
    def version_table(self) -> str:
        """Where this branch notes how far it is."""
        return f"alembic_version_{self.name}" if self.name else "alembic_version"


CORE = Branch("", MIGRATIONS / "versions")


def config_for(branch: Branch, connection: Connection, plugins: tuple[str, ...] = ()) -> Config:
    """Alembic's configuration for one branch on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("version_locations", str(branch.versions))
    config.set_main_option("path_separator", "newline")
    config.attributes.update(branch=branch, connection=connection, plugins=plugins)
    return config


def upgrade(engine: Engine, branches: tuple[Branch, ...] = (CORE,)) -> None:
    """Bring every branch to its newest version."""
    for branch in branches:
        with engine.begin() as connection:
            upgrade_connection(connection, branch, branches)


def upgrade_connection(connection: Connection, branch: Branch, branches: tuple[Branch, ...]) -> None:
    """Bring one of the branches to its newest version, in the transaction of an open connection."""
    plugins = tuple(other.name for other in branches if other.name)
    command.upgrade(config_for(branch, connection, plugins), "heads")


def is_current(engine: Engine, branch: Branch = CORE) -> bool:
    """Whether the database is at the newest version of a branch."""
    from alembic.script import ScriptDirectory

    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(config_for(branch, connection))
        context = MigrationContext.configure(connection, opts={"version_table": branch.version_table})
        return set(context.get_current_heads()) == set(scripts.get_heads())


def configure_context(context: Any) -> None:
    """Set Alembic's context up for the branch that is being migrated (called by migrations/env.py)."""
    attributes = context.config.attributes
    branch: Branch = attributes["branch"]
    plugins: tuple[str, ...] = attributes["plugins"]

    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        if kind != "table" or name is None:
            return True
        if name.startswith(("alembic_version", "search_fts")):
            return False
        owner = next((plugin for plugin in plugins if name.startswith(f"{plugin}_")), "")
        return owner == branch.name

    context.configure(
        connection=attributes["connection"],
        target_metadata=Base.metadata,
        version_table=branch.version_table,
        include_name=is_ours,
        include_object=lambda item, name, kind, _reflected, _other: is_ours(name, kind, None),
        render_as_batch=attributes["connection"].dialect.name == "sqlite",
        render_item=_render,
        compare_type=True,
    )


def _render(kind: str, item: object, context: Any) -> str | bool:
    """Migrations name SQLAlchemy's own types only: they outlive our classes."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False
