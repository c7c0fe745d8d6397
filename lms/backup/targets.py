"""The databases that are restored or moved into: each is made anew, and takes the present one's place at once."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from lms.backup.errors import BackupError

IN_USE = "Another process uses the database. Stop the server and the workers, and try again."
NO_ADDRESS = "The target is an address such as postgresql://user:password@host/name or sqlite:////path/to/file."
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
REFERENCES = """
SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.contype = 'f' AND n.nspname = current_schema()
"""
SEQUENCES = """
SELECT quote_ident(table_name), quote_ident(column_name), pg_get_serial_sequence(quote_ident(table_name), column_name)
FROM information_schema.columns
WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""


class Target(Protocol):
    """A database that is about to be replaced."""

    def has_data(self) -> bool:
        """Whether people are in it."""

    def is_empty(self) -> bool:
        """Whether nobody has made tables in it."""

    def refuse_if_in_use(self) -> None:
        """Raise BackupError while somebody is connected."""

    def filling(self) -> AbstractContextManager[Connection]:
        """A database without tables; what is in it counts when the block ends well."""

    def loading(self, connection: Connection) -> AbstractContextManager[None]:
        """Rows may come in any order inside the block; at its end every reference is checked."""

    def moves(self) -> list[tuple[Path, Path]]:
        """Which files take whose place afterwards."""


def target_for(url: str) -> Target:
    """The target at a SQLAlchemy address."""
    found = make_url(url)
    return SqliteTarget(found) if found.get_backend_name() == "sqlite" else PostgresTarget(found)


def empty_target(url: str) -> Target:
    """The target at an address that somebody typed. Raises BackupError for what is none."""
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise BackupError(NO_ADDRESS) from error
    if found.get_backend_name() not in ("sqlite", "postgresql") or not found.database:
        raise BackupError(NO_ADDRESS)
    return target_for(url)


def _has_people(connection: Connection) -> bool:
    has_table = inspect(connection).has_table("person")
    return has_table and connection.scalar(text("SELECT 1 FROM person LIMIT 1")) is not None


def _has_no_tables(connection: Connection) -> bool:
    return not inspect(connection).get_table_names()


class SqliteTarget:
    """A file, and a new one beside it."""

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database or "")
        self._new = self._file.with_name(f"{self._file.name}.restoring")
        self._engine = create_engine(f"sqlite:///{self._new}", poolclass=NullPool)

    def has_data(self) -> bool:
        """Whether people are in it."""
        return self._file.exists() and self._asked(_has_people)

    def is_empty(self) -> bool:
        """Whether nobody has made tables in it; a file that is no database is not empty."""
        return not self._file.exists() or self._asked(_has_no_tables)

    def _asked(self, question: Callable[[Connection], bool]) -> bool:
        with create_engine(f"sqlite:///{self._file}", poolclass=NullPool).connect() as connection:
            return question(connection)

    def refuse_if_in_use(self) -> None:
        """Only the one connection that there is may leave WAL; doing so also folds the log into the file."""
        if not self._file.exists():
            return
        connection = sqlite3.connect(self._file, timeout=0)
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise BackupError(IN_USE) from error
        finally:
            connection.close()

    @contextmanager
    def filling(self) -> Iterator[Connection]:
        """The new file, on the disk when the block ends."""
        self._new.parent.mkdir(parents=True, exist_ok=True)
        self._new.unlink(missing_ok=True)
        try:
            with self._engine.begin() as connection:
                yield connection
            with self._new.open("rb+") as file:
                os.fsync(file.fileno())
            self.refuse_if_in_use()
        except BaseException:
            self._new.unlink(missing_ok=True)
            raise

    @contextmanager
    def loading(self, connection: Connection) -> Iterator[None]:
        """SQLite checks references only where it is told to."""
        yield
        wrong = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if wrong:
            raise BackupError(f"The copy is not whole: a row of {wrong[0]} refers to one that is not there.")

    def moves(self) -> list[tuple[Path, Path]]:
        """The new file takes the old one's place."""
        return [(self._new, self._file)]


class PostgresTarget:
    """The present database, all of it replaced in one transaction."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(url, poolclass=NullPool)

    def has_data(self) -> bool:
        """Whether people are in it."""
        with self._engine.connect() as connection:
            return _has_people(connection)

    def is_empty(self) -> bool:
        """Whether nobody has made tables in it."""
        with self._engine.connect() as connection:
            return _has_no_tables(connection)

    def refuse_if_in_use(self) -> None:
        """Nobody else may be connected."""
        with self._engine.connect() as connection:
            if connection.scalar(text(OTHERS)):
                raise BackupError(IN_USE)

    @contextmanager
    def filling(self) -> Iterator[Connection]:
        """The database without its tables."""
        with self._engine.begin() as connection:
            quote = connection.dialect.identifier_preparer.quote
            for name in inspect(connection).get_table_names():
                connection.execute(text(f"DROP TABLE {quote(name)} CASCADE"))
            yield connection

    @contextmanager
    def loading(self, connection: Connection) -> Iterator[None]:
        """Foreign keys go and come back, which checks them; sequences go on after the highest key."""
        references = connection.execute(text(REFERENCES)).all()
        for table, name, _definition in references:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        yield
        for table, name, definition in references:
            connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))
        for table, column, sequence in connection.execute(text(SEQUENCES)).all():
            highest = f"SELECT max({column}) FROM {table}"  # noqa: S608 (quoted by PostgreSQL itself)
            connection.execute(text(f"SELECT setval(:sequence, ({highest}))"), {"sequence": sequence})

    def moves(self) -> list[tuple[Path, Path]]:
        """No file of its own."""
        return []
