"""Migrations make exactly what the models say, on both databases, up and down."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine, inspect

from lms.db import Base, db
from lms.features import load_models
from lms.upgrade import CORE, config_for


def test_the_migrated_database_equals_the_models(app: Flask) -> None:
    load_models()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": False,
                "include_name": lambda name, kind, _p: kind != "table" or not str(name).startswith("alembic_version"),
            },
        )
        core = {name for name in Base.metadata.tables if not name.startswith("example_")}
        differences = [change for change in compare_metadata(context, Base.metadata) if _table_of(change) in core]
    assert not differences


def _table_of(change: object) -> str:
    item = change[-1] if isinstance(change, tuple) else None
    table = getattr(item, "table", item)
    return str(getattr(table, "name", ""))


def test_down_and_up_again(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'round.sqlite3'}")
    with engine.begin() as connection:
        command.upgrade(config_for(CORE, connection), "heads")
        there = set(inspect(connection).get_table_names())
        command.downgrade(config_for(CORE, connection), "base")
        left = {name for name in inspect(connection).get_table_names() if name != "alembic_version"}
        command.upgrade(config_for(CORE, connection), "heads")
        again = set(inspect(connection).get_table_names())
    engine.dispose()
    assert not left
    assert there == again
