"""`lms move`: an equal copy on the other database, or nothing."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from lms.backup.comparing import Digest
from lms.backup.errors import BackupError
from lms.backup.moving import Move, NotEqual
from lms.backup.targets import PostgresTarget, SqliteTarget, empty_target
from lms.cli.holding import holding
from lms.db import db
from lms.demo import load_demo
from lms.upgrade import CORE
from tests.cli.conftest import EmptyDatabase
from tests.cli.filling import app_on, fill, rows_of
from tests.cli.processes import Installation, running, wait_for

pytestmark = pytest.mark.once


def quiet(_done: int, _of: int) -> None:
    """Show nothing."""


@pytest.fixture
def filled(installation: Installation) -> Installation:
    """An installation with the values that are hard to carry over."""
    with app_on(installation.url, installation.data):
        fill()
    return installation


def test_the_demonstration_goes_to_postgresql_and_back(
    upgraded: Installation, on_postgres: Installation, tmp_path: Path
) -> None:
    with app_on(upgraded.url, upgraded.data):
        load_demo(random_passwords=True)
        fill()
    before = rows_of(upgraded.url)
    assert "The copy is equal" in upgraded.lms("move", "--to", on_postgres.environ["DATABASE_URL"])
    assert rows_of(on_postgres.url) == before
    assert rows_of(upgraded.url) == before
    moved = Installation(upgraded.data, on_postgres.environ)
    moved.lms("check")
    with app_on(moved.url, moved.data):
        fill(1)
    grown = rows_of(moved.url)
    assert len(grown["person"]) == len(before["person"]) + 1, "sequences go on"
    third = tmp_path / "third.sqlite3"
    told = json.loads(moved.lms("move", "--json", "--to", f"sqlite:///{third}"))
    assert told["equal"]
    assert {each["table"]: each["rows"] for each in told["tables"]} == {name: len(rows) for name, rows in grown.items()}
    assert rows_of(f"sqlite:///{third}") == grown
    assert grown["response"]


class OnPostgres(PostgresTarget):
    """A target in which something changes before it is read back."""

    change = ""

    @contextmanager
    def loading(self, connection: Connection) -> Iterator[None]:
        """As ever, and the change."""
        with super().loading(connection):
            yield
        connection.execute(text(self.change))


class OnSqlite(SqliteTarget):
    """The same on SQLite."""

    change = ""

    @contextmanager
    def loading(self, connection: Connection) -> Iterator[None]:
        """As ever, and the change."""
        with super().loading(connection):
            yield
        connection.execute(text(self.change))


CHANGES = [
    ("UPDATE person SET display_name = display_name || ' ' WHERE id = 2", "person", "id 2 differs"),
    ("DELETE FROM job WHERE id = 1", "job", "id 1 differs or is missing"),
    ("INSERT INTO throttle (key, failures, last_at) VALUES ('x', 1, '2026-01-01 00:00:00')", "throttle", "copy only"),
    ("UPDATE event SET payload = '{}' WHERE name = 'test'", "event", "differs"),
]


@pytest.mark.parametrize(("change", "table", "why"), CHANGES)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_difference_is_named_and_the_target_left_empty(
    filled: Installation, empty_database: EmptyDatabase, kind: str, change: str, table: str, why: str
) -> None:
    url = empty_database(kind)
    target = (OnSqlite if kind == "sqlite" else OnPostgres)(make_url(url))
    target.change = change
    with app_on(filled.url, filled.data), pytest.raises(NotEqual, match="1 tables differ") as found:
        Move(db.engine, target, (CORE,), quiet).run()
    (different,) = [each for each in found.value.compared if not each.equal]
    assert different.table == table
    assert why in str(different)
    assert empty_target(url).is_empty()


def test_what_cannot_be_moved_is_refused(filled: Installation, on_postgres: Installation, tmp_path: Path) -> None:
    there, before = on_postgres.environ["DATABASE_URL"], rows_of(filled.url)
    for address in ("mysql://a@b/c", "postgresql://nobody", "sqlite://", "nonsense"):
        with pytest.raises(BackupError, match="The target is an address"):
            empty_target(address)
    assert "The target is an address" in filled.lms("move", "--to", "nonsense", status=1)
    assert "does not answer" in filled.lms("move", "--to", "postgresql://lms@127.0.0.1:9/x", status=1)
    with holding(filled.data):
        assert "Stop it and try again" in filled.lms("move", "--to", there, status=1)
    assert "not empty" in filled.lms("move", "--to", filled.url, status=1)
    with create_engine(on_postgres.url, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE other (id integer)"))
    assert "not empty" in filled.lms("move", "--to", there, status=1)
    assert rows_of(filled.url) == before


def test_a_server_without_the_lock_is_seen_too(filled: Installation, tmp_path: Path) -> None:
    with app_on(filled.url, filled.data):
        db.session.execute(text("SELECT 1 FROM person")).all()
        assert "Another process" in filled.lms("move", "--to", f"sqlite:///{tmp_path / 'new'}", status=1)


def test_a_database_of_another_version_is_refused(filled: Installation, tmp_path: Path) -> None:
    with create_engine(filled.url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000_older'"))
    with create_engine(filled.url).connect() as connection, pytest.raises(BackupError, match="Run lms upgrade"):
        Move(connection.engine, empty_target(f"sqlite:///{tmp_path / 'new'}"), (CORE,), quiet).run()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_move_that_is_killed_leaves_the_source_and_nothing_else(
    installation: Installation, empty_database: EmptyDatabase, tmp_path: Path, kind: str
) -> None:
    with app_on(installation.url, installation.data):
        fill(150)
    before, target = rows_of(installation.url), empty_database(kind)
    address = target.replace("+psycopg", "")

    def is_filling() -> bool:
        if kind == "sqlite":
            return bool(list(tmp_path.glob("target/*.restoring")))
        locks = text("SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' LIMIT 1")
        # Asked in another database: whoever is connected to the target is in the way.
        beside = make_url(target).set(database="postgres")
        with create_engine(beside, poolclass=NullPool).connect() as connection:
            return bool(connection.scalar(locks))

    for pause in (0.0, 0.2):
        with running("-m", "lms", "move", "--to", address, env=installation.environment()) as process:
            wait_for(is_filling, 90)
            time.sleep(pause)
            assert process.poll() is None, "it was killed in the middle"
            process.kill()
            process.wait()
        assert empty_target(target).is_empty()
        assert rows_of(installation.url) == before
    assert "The copy is equal" in installation.lms("move", "--to", address)
    assert rows_of(target) == before


def test_a_digest_knows_values_and_counts_but_no_order() -> None:
    rows = [{"id": 1, "a": [1.0]}, {"id": 2, "a": [{"x": None, "y": 1e16}]}, {"id": 2, "a": ["x"]}]

    def digest(*some: dict[str, object]) -> Digest:
        found = Digest()
        for row in some:
            found.add(row)
        return found

    assert digest(*rows) == digest(*reversed(rows))
    assert digest(rows[0]) == digest({"a": [1], "id": 1}), "databases spell numbers in JSON as they like"
    assert digest(rows[1]) == digest({"a": [{"y": 10**16, "x": None}], "id": 2})
    assert digest(rows[0], rows[0]) != digest(rows[0])
    assert digest(rows[0], rows[0], rows[1]) != digest(rows[1], rows[1], rows[0])
    assert digest({"a": None}) != digest({"a": "None"}) != digest({"a": ""})
