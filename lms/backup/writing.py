"""Making a backup while servers run."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine

from lms.backup.archive import ABOUT, FILES, KEYS, Writer, writing
from lms.backup.erasures import ERASURES
from lms.backup.errors import BackupError
from lms.backup.tables import kept_tables, read_rows, revisions
from lms.clock import now
from lms.settings import SECRET_FILE, Settings
from lms.storage.current import storage_for
from lms.storage.files import place_of

Say = Callable[[str], None]
KEY_FILE = SECRET_FILE
CONTENT = 1


def write_backup(engine: Engine, settings: Settings, target: Path, passphrase: str, say: Say) -> None:
    """Write everything that the installation keeps into the new file `target`, whole or not at all.

    Tables are read in one snapshot; servers go on meanwhile. Raises BackupError.
    """
    if target.exists():
        raise BackupError(f"{target} is there already. Give another name.")
    with _whole_file(target) as file, writing(file, passphrase) as backup, snapshot(engine) as connection:
        backup.document(ABOUT, about(connection))
        for name, table in kept_tables(connection).items():
            say(f"{name}: {backup.table(name, read_rows(connection, table))} rows")
        say(f"files: {_write_files(backup, settings)}")
        backup.finish()


def about(connection: Connection) -> dict[str, Any]:
    """What a restore must know before it begins."""
    return {
        "content": CONTENT,
        "program": _program_version(),
        "made_at": now().isoformat(timespec="seconds"),
        "engine": connection.dialect.name,
        "revisions": revisions(connection),
        "tables": {name: [column.name for column in table.columns] for name, table in kept_tables(connection).items()},
    }


def _program_version() -> str:
    try:
        return version("tashbik-lms")
    except PackageNotFoundError:
        return "0"


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is at the first read, whatever is written meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def _write_files(backup: Writer, settings: Settings) -> int:
    """Keys, the list of erasures, and the files that were stored; gives their number."""
    backup.content(f"{KEYS}/{KEY_FILE}", settings.secret_key.encode())
    keys = [path for path in sorted(settings.data.glob("*.key")) if path.is_file() and path.name != KEY_FILE]
    named = [(f"{KEYS}/{path.name}", path) for path in (*keys, settings.data / ERASURES)]
    written = 1 + sum(_write_file(backup, name, path) for name, path in named)
    return written + (_write_bucket(backup, settings) if settings.files_url else _write_folder(backup, settings.files))


def _write_folder(backup: Writer, folder: Path) -> int:
    stored = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return sum(_write_file(backup, f"{FILES}/{path.relative_to(folder).as_posix()}", path) for path in stored)


def _write_bucket(backup: Writer, settings: Settings) -> int:
    """Under the names that a folder would give them: one at a time is on this machine."""
    storage, written = storage_for(settings), 0
    for key in sorted(each.key for each in storage.listed()):
        with suppress(FileNotFoundError), storage.at_hand(key) as path:
            written += _write_file(backup, f"{FILES}/{place_of(key)}", path)
    return written


def _write_file(backup: Writer, name: str, path: Path) -> bool:
    try:
        backup.file(name, path)
    except FileNotFoundError:  # there was none, or it was removed since it was listed
        return False
    return True


@contextmanager
def _whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A file that is there under its name only when it is whole and on the disk; its owner alone can read it."""
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
