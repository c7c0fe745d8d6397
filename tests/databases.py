"""A migrated database a test: a file copied (SQLite), or a template cloned (PostgreSQL)."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text


class Databases(Protocol):
    """Where tests get their database from."""

    url: str
    """The database that every test finds as it was when `keep` was called."""

    def keep(self) -> None:
        """Remember the database as it stands."""

    def restore(self) -> None:
        """Bring it back; no connection may be open."""

    def close(self) -> None:
        """Leave nothing open."""


class SqliteDatabases:
    """One file, and a copy to bring it back from."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.sqlite3"
        self.kept = folder / "kept.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def keep(self) -> None:
        """Remember the file."""
        shutil.copyfile(self.file, self.kept)

    def restore(self) -> None:
        """Copy it back."""
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.file)

    def close(self) -> None:
        """Nothing is open."""


class PostgresDatabases:
    """One database on a server of our own, and a template to clone it from."""

    def __init__(self, server: str) -> None:
        self.name = f"test_{uuid.uuid4().hex[:10]}"
        self.server = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
        self.url = f"{server}/{self.name}"
        self._run(f'CREATE DATABASE "{self.name}"')

    def _run(self, *statements: str) -> None:
        with self.server.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def keep(self) -> None:
        """Make the template."""
        self._run(f'CREATE DATABASE "{self.name}_kept" TEMPLATE "{self.name}"')

    def restore(self) -> None:
        """Clone the template."""
        self._run(
            f'DROP DATABASE "{self.name}" WITH (FORCE)',
            f'CREATE DATABASE "{self.name}" TEMPLATE "{self.name}_kept" STRATEGY = FILE_COPY',
        )

    def close(self) -> None:
        """Drop both and let the server go."""
        self._run(*(f'DROP DATABASE IF EXISTS "{self.name}{end}" WITH (FORCE)' for end in ("", "_kept")))
        self.server.dispose()


@contextmanager
def databases(server: str, folder: Path) -> Iterator[Databases]:
    """A database on the PostgreSQL server of that address, or in the folder where there is none."""
    found: Databases = PostgresDatabases(server) if server else SqliteDatabases(folder)
    with closing(found):
        yield found
