"""Backups of older versions, and of plugins that are there no more."""

from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, inspect

from lms.backup.errors import BackupError
from lms.backup.restoring import Restore
from lms.backup.writing import write_backup
from lms.db import db, write_unit
from lms.upgrade import CORE, Branch, upgrade
from tests.cli.filling import app_on, fill, rows_of
from tests.cli.test_backup import CODE, settings_of, silent

FIRST = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "g1", None, None, None


def upgrade():
    op.create_table("garden_tree", sa.Column("id", sa.Integer, primary_key=True), sa.Column("kind", sa.String))
"""
SECOND = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "g2", "g1", None, None


def upgrade():
    op.add_column("garden_tree", sa.Column("height", sa.Integer, server_default="3"))
"""


@pytest.fixture
def garden(tmp_path: Path) -> Branch:
    """A plugin's migrations: the first one."""
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "g1.py").write_text(FIRST)
    return Branch("garden", folder)


@pytest.fixture
def backup(garden: Branch, tmp_path: Path) -> Path:
    """A backup of an installation with the plugin's table."""
    settings, target = settings_of(tmp_path / "first"), tmp_path / "one.backup"
    with app_on(settings.database_url, settings.data):
        upgrade(db.engine, (CORE, garden))
        fill()
        with write_unit() as session:
            session.connection().exec_driver_sql("INSERT INTO garden_tree (kind) VALUES ('نخل')")
        write_backup(db.engine, settings, target, CODE, silent)
    return target


def restored(folder: Path, backup: Path, branches: tuple[Branch, ...], *without: str) -> str:
    """Restore into a fresh installation; the address of its database."""
    settings = settings_of(folder)
    folder.mkdir()
    Restore(settings, branches, without, silent).run(backup, CODE, force=False)
    return settings.database_url


def test_an_older_backup_is_brought_up_to_date(backup: Path, garden: Branch, tmp_path: Path) -> None:
    (garden.versions / "g2.py").write_text(SECOND)
    found = rows_of(restored(tmp_path / "second", backup, (CORE, garden)))
    assert found["garden_tree"] == [{"id": 1, "kind": "نخل", "height": 3}]
    assert len(found["person"]) == 3


def test_the_data_of_a_plugin_that_is_not_here_is_left_out_only_when_told(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="--without garden"):
        restored(tmp_path / "second", backup, (CORE,))
    url = restored(tmp_path / "third", backup, (CORE,), "garden")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        assert not inspect(connection).has_table("garden_tree")
    assert len(rows_of(url)["person"]) == 3
