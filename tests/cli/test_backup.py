"""Backup and restore: the same rows and files again, on either database; or nothing changed."""

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from lms.backup.archive import MANIFEST, opened, writing
from lms.backup.errors import BackupError
from lms.backup.restoring import Restore, about_of
from lms.backup.tables import kept_tables, read_rows
from lms.backup.writing import about, snapshot, write_backup
from lms.db import db
from lms.settings import Settings
from lms.upgrade import CORE
from tests.cli.conftest import EmptyDatabase
from tests.cli.filling import app_on, broken_references, fill, rows_of
from tests.factories import make_member, make_network, make_organization

CODE = "گذرواژهٔ پشتیبان"


def silent(_line: str) -> None:
    """Say nothing."""


def settings_of(folder: Path, url: str = "") -> Settings:
    """Settings of an installation in a folder."""
    return Settings(data=folder, database_url=url or f"sqlite:///{folder / 'lms.sqlite3'}", secret_key="kept")


def back_up(settings: Settings, target: Path) -> Path:
    """Make a backup of an installation."""
    with app_on(settings.database_url, settings.data):
        write_backup(db.engine, settings, target, CODE, silent)
    return target


def restore(settings: Settings, source: Path, *, force: bool = False, code: str = CODE) -> None:
    """Restore a backup."""
    settings.data.mkdir(exist_ok=True)
    Restore(settings, (CORE,), (), silent).run(source, code, force=force)


@pytest.fixture
def first(tmp_path: Path) -> Settings:
    """An installation with people and files."""
    settings = settings_of(tmp_path / "first")
    with app_on(settings.database_url, settings.data):
        fill()
    (settings.files / "a" / "b").mkdir(parents=True)
    (settings.files / "a" / "b" / "گزارش.bin").write_bytes(bytes(range(256)) * 5000)
    (settings.files / "empty").touch()
    (settings.data / "signing.key").write_text("key")
    return settings


@pytest.fixture
def backup(first: Settings, tmp_path: Path) -> Path:
    """Its backup."""
    return back_up(first, tmp_path / "one.backup")


def test_a_backup_moves_an_installation_to_postgresql_and_back(
    first: Settings, backup: Path, empty_database: EmptyDatabase, tmp_path: Path
) -> None:
    before, url = rows_of(first.database_url), empty_database("postgresql")
    second = settings_of(tmp_path / "second", url)
    restore(second, backup)
    assert rows_of(url) == before
    with app_on(url, second.data):
        fill(1)
    grown = rows_of(url)
    assert len(grown["person"]) == len(before["person"]) + 1, "sequences go on"
    back = back_up(second, tmp_path / "two.backup")
    with create_engine(url, poolclass=NullPool).connect(), pytest.raises(BackupError, match="Another process"):
        restore(second, back, force=True)
    restore(second, back, force=True)
    assert rows_of(url) == grown
    third = settings_of(tmp_path / "third")
    restore(third, back)
    assert rows_of(third.database_url) == grown
    assert (third.files / "a" / "b" / "گزارش.bin").read_bytes() == bytes(range(256)) * 5000
    assert (third.files / "empty").exists()
    assert (third.data / "signing.key").read_text() == "key"
    assert (third.data / "secret.key").read_text() == "kept"


def test_a_restored_installation_has_what_the_backup_has_and_no_more(first: Settings, backup: Path) -> None:
    before = rows_of(first.database_url)
    with app_on(first.database_url, first.data):
        fill(2)
    (first.files / "later").write_text("x")
    restore(first, backup, force=True)
    assert rows_of(first.database_url) == before
    assert not (first.files / "later").exists()
    assert not list(first.data.glob("*restoring*"))


def test_data_is_replaced_only_by_force(first: Settings, backup: Path) -> None:
    with pytest.raises(BackupError, match="--force"):
        restore(first, backup)


def test_nothing_is_restored_under_a_server(first: Settings, backup: Path) -> None:
    connection = sqlite3.connect(first.data / "lms.sqlite3")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("SELECT count(*) FROM person").fetchone()
    try:
        with pytest.raises(BackupError, match="Another process"):
            restore(first, backup, force=True)
    finally:
        connection.close()


def without_people(path: Path, source: Settings) -> None:
    """A whole backup in which memberships refer to people who are not there."""
    with path.open("wb") as file, writing(file, CODE) as made, snapshot(db.engine) as connection:
        made.document("about.json", about(connection))
        for name, table in kept_tables(connection).items():
            made.table(name, iter(()) if name == "person" else read_rows(connection, table))
        made.finish()


def of_tomorrow(path: Path, source: Settings) -> None:
    """A backup of a database that was migrated further than this program can."""
    with path.open("wb") as file, writing(file, CODE) as made, snapshot(db.engine) as connection:
        made.document("about.json", {**about(connection), "revisions": {"": ["9999_tomorrow"]}})
        made.finish()


def with_a_stray_column(path: Path, source: Settings) -> None:
    """A backup whose rows do not fit."""
    with path.open("wb") as file, writing(file, CODE) as made, snapshot(db.engine) as connection:
        made.document("about.json", about(connection))
        made.table("person", iter([{"id": 1, "shoe_size": 38}]))
        made.finish()


def leading_elsewhere(path: Path, source: Settings) -> None:
    """A backup with a file that wants to lie somewhere else."""
    with path.open("wb") as file, writing(file, CODE) as made, snapshot(db.engine) as connection:
        made.document("about.json", about(connection))
        made.content("files/../../elsewhere", b"x")
        made.finish()


def that_lies(path: Path, source: Settings) -> None:
    """A backup whose manifest tells of another file."""
    with path.open("wb") as file, writing(file, CODE) as made, snapshot(db.engine) as connection:
        made.document("about.json", about(connection))
        made.content("files/a", b"x")
        made.sums["files/a"].add(b"y", 1)
        made.finish()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (without_people, "refers to one that is not there"),
        (of_tomorrow, "newer version"),
        (with_a_stray_column, "does not fit"),
        (leading_elsewhere, "strange name"),
        (that_lies, "not whole"),
    ],
)
def test_a_backup_that_is_not_right_changes_nothing(
    first: Settings, tmp_path: Path, make: Callable[[Path, Settings], None], why: str
) -> None:
    wrong = tmp_path / "wrong.backup"
    with app_on(first.database_url, first.data):
        make(wrong, first)
    before, listed = rows_of(first.database_url), sorted(first.data.rglob("*"))
    with pytest.raises(BackupError, match=why):
        restore(first, wrong, force=True)
    assert rows_of(first.database_url) == before
    assert sorted(first.data.rglob("*")) == [path for path in listed if not path.name.endswith(("-wal", "-shm"))]


def test_postgresql_too_keeps_what_it_has_when_a_backup_is_not_right(
    first: Settings, empty_database: EmptyDatabase, tmp_path: Path
) -> None:
    wrong, url = tmp_path / "wrong.backup", empty_database("postgresql")
    with app_on(first.database_url, first.data):
        without_people(wrong, first)
    second = settings_of(tmp_path / "second", url)
    with app_on(url, second.data):
        fill(1)
    before = rows_of(url)
    with pytest.raises(BackupError, match="did not take"):
        restore(second, wrong, force=True)
    assert rows_of(url) == before


def counts_of(backup: Path) -> dict[str, int]:
    """Table names and numbers of rows, by the manifest."""
    with backup.open("rb") as file, opened(file, CODE) as (_packed, tar):
        *_others, manifest = (json.load(tar.extractfile(member) or file) for member in tar if member.name == MANIFEST)
    tables = {name.partition("/")[::2]: noted["count"] for name, noted in manifest.items()}
    return {name: count for (kind, name), count in tables.items() if kind == "tables"}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_backup_under_writes_is_one_moment(database: str, empty_database: EmptyDatabase, tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "busy", empty_database(database))
    target, stop = tmp_path / "busy.backup", threading.Event()
    with app_on(settings.database_url, settings.data) as app:
        fill(5)

        def write() -> None:
            with app.app_context():
                network = make_network()
                while not stop.is_set():
                    make_member(make_organization(network))

        def stop_late(line: str) -> None:
            if line.startswith("person"):
                stop.set()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            write_backup(db.engine, settings, target, CODE, stop_late)
        finally:
            stop.set()
            writer.join()
    restored = settings_of(tmp_path / "restored")
    restore(restored, target)
    found = rows_of(restored.database_url)
    assert {name: len(rows) for name, rows in found.items()} == counts_of(target)
    assert about_of(target, CODE)["tables"].keys() == found.keys()
    assert not broken_references(restored.database_url)


def test_a_backup_tells_when_and_by_what_it_was_made(backup: Path) -> None:
    told = about_of(backup, CODE)
    assert told["engine"] == "sqlite"
    assert told["revisions"] == {"": ["0001_first"]}


def test_a_backup_never_replaces_a_file(first: Settings, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="there already"):
        back_up(first, backup)
    assert backup.read_bytes() == before
    assert backup.stat().st_mode & 0o077 == 0
