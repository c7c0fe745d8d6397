"""Loading a backup's tables into an empty database on an open connection; nothing is committed here."""

import json
from collections.abc import Iterator
from typing import IO, Any

from alembic import command
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection, Table, insert

from lms.backup.archive import Sums
from lms.backup.errors import BackupError
from lms.backup.tables import BATCH, from_neutral, kept_tables
from lms.upgrade import Branch, config_for

NEWER = "The backup was made by a newer version of {}. Upgrade it first."


class Loader:
    """Takes the parts of tables as they come."""

    def __init__(self, connection: Connection, tables: dict[str, Table], skipped: frozenset[str]) -> None:
        self._connection, self._tables, self._skipped = connection, tables, skipped

    def take(self, name: str, part: IO[bytes], sums: Sums) -> None:
        """Store the rows of one part of a table. Raises BackupError for what this database has no place for."""
        for lines in _batches(part):
            sums.add(b"".join(lines), len(lines))
            if name not in self._skipped:
                self._store(name, lines)

    def _store(self, name: str, lines: list[bytes]) -> None:
        try:
            table = self._tables[name]
            rows = [from_neutral(table, json.loads(line)) for line in lines]
        except (KeyError, ValueError) as error:
            raise BackupError(f"The table {name} of the backup does not fit this version: {error}.") from error
        self._connection.execute(insert(table), rows)


def _batches(part: IO[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in part:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def make_tables(
    connection: Connection, branches: tuple[Branch, ...], at: dict[str, list[str]], without: tuple[str, ...]
) -> None:
    """Make the tables as they were when the backup was made. Raises BackupError where this program cannot."""
    by_name = {branch.name: branch for branch in branches}
    plugins = tuple(name for name in by_name if name)
    for name, heads in at.items():
        if name in without:
            continue
        if name not in by_name:
            raise BackupError(
                f"The backup holds data of the plugin {name}, which is not enabled here. "
                f"Enable it, or leave its data out with --without {name}."
            )
        _migrate(connection, by_name[name], plugins, heads)


def _migrate(connection: Connection, branch: Branch, plugins: tuple[str, ...], heads: list[str]) -> None:
    config = config_for(branch, connection, plugins)
    scripts = ScriptDirectory.from_config(config)
    for head in heads:
        try:
            scripts.get_revision(head)
        except (CommandError, ResolutionError) as error:
            raise BackupError(NEWER.format(branch.name or "the program")) from error
        command.upgrade(config, head)


def loader(connection: Connection, about: dict[str, Any], without: tuple[str, ...]) -> Loader:
    """What takes the tables that `about` announces, but for those of the plugins left out."""
    skipped = frozenset(
        table for table in about["tables"] if table.startswith(tuple(f"{name}_" for name in without) or ("\0",))
    )
    return Loader(connection, kept_tables(connection), skipped)
