"""Moving a database to an empty one, of the same kind or another: copied in one snapshot, read back, and compared."""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from lms.backup.comparing import Compared, Digest, differing_rows
from lms.backup.errors import BackupError
from lms.backup.tables import BATCH, Row, from_neutral, kept_tables, read_rows, revisions
from lms.backup.targets import Target
from lms.backup.writing import snapshot
from lms.batches import batched
from lms.upgrade import Branch, is_current, upgrade_connection

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""
Tables = dict[str, Table]


class NotEqual(BackupError):
    """What was read back is not what was copied; the target was left as it was."""

    def __init__(self, compared: list[Compared]) -> None:
        self.compared = compared
        super().__init__(f"{sum(not each.equal for each in compared)} tables differ. The target was left empty.")


class Move:
    """One move: from a database to a target, with the migrations of the core and of the enabled plugins."""

    def __init__(self, source: Engine, target: Target, branches: tuple[Branch, ...], progress: Progress) -> None:
        self._source, self._target, self._branches, self._progress = source, target, branches, progress
        self._done, self._of = 0, 1

    def run(self) -> list[Compared]:
        """Copy every table and prove it; gives what was compared.

        Raises NotEqual, or BackupError where it cannot be done; the target is then as empty as it was, and so it is
        where the process is killed. The source is only read.
        """
        self._refuse()
        try:
            with snapshot(self._source) as here, self._target.filling() as there:
                compared = self._proven_copy(here, there)
        except SQLAlchemyError as error:
            raise BackupError(f"The target did not take the copy: {type(error).__name__}.") from error
        for made, place in self._target.moves():
            made.replace(place)
        return compared

    def _proven_copy(self, here: Connection, there: Connection) -> list[Compared]:
        ours = kept_tables(here)
        self._of = 2 * sum(_count(here, table) for table in ours.values()) or 1
        copied = self._copy(here, ours, there)
        compared = self._compare(here, ours, there, copied)
        if not all(each.equal for each in compared):
            raise NotEqual(compared)
        return compared

    def _refuse(self) -> None:
        """Raise BackupError where a move could not be right."""
        old = [branch.name or "core" for branch in self._branches if not is_current(self._source, branch)]
        if old:
            raise BackupError(f"The database is not at the version of this program: {', '.join(old)}. Run lms upgrade.")
        with self._source.connect() as connection:
            foreign = revisions(connection).keys() - {branch.name for branch in self._branches}
        if foreign:
            raise BackupError(f"There is data of plugins that are not enabled: {', '.join(sorted(foreign))}.")
        try:
            if not self._target.is_empty():
                raise BackupError("The target is not empty. Give an empty database.")
            self._target.refuse_if_in_use()
        except SQLAlchemyError as error:
            raise BackupError(f"The target does not answer: {type(error).__name__}.") from error

    def _copy(self, here: Connection, ours: Tables, there: Connection) -> dict[str, Digest]:
        """Make the tables by the program's own migrations, and fill them; gives what was read."""
        for branch in self._branches:
            upgrade_connection(there, branch, self._branches)
        theirs, digests = kept_tables(there), {name: Digest() for name in ours}
        with self._target.loading(there):
            for name, table in ours.items():
                for rows in batched(self._summed(digests[name], read_rows(here, table)), BATCH):
                    _store(there, theirs.get(name), name, rows)
        return digests

    def _compare(self, here: Connection, ours: Tables, there: Connection, copied: dict[str, Digest]) -> list[Compared]:
        """Read everything back."""
        theirs, compared = kept_tables(there), []
        for name in sorted(ours.keys() | theirs.keys()):
            back, read = Digest(), copied.get(name, Digest())
            for _row in self._summed(back, read_rows(there, theirs[name])):
                pass
            rows = () if back == read or name not in ours else differing_rows((here, ours[name]), (there, theirs[name]))
            compared.append(Compared(name, read, back, tuple(rows)))
        return compared

    def _summed(self, digest: Digest, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            digest.add(row)
            yield row
            if digest.rows % BATCH == 0:
                self._advance(BATCH)
        self._advance(digest.rows % BATCH)

    def _advance(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, self._of)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _store(connection: Connection, table: Table | None, name: str, rows: list[Row]) -> None:
    """Store rows in neutral form. Raises BackupError for what the target has no place for, or does not take."""
    try:
        if table is None:
            raise KeyError(name)
        connection.execute(insert(table), [from_neutral(table, row) for row in rows])
    except (KeyError, ValueError, SQLAlchemyError) as error:
        raise BackupError(f"The target did not take the rows of {name}: {type(error).__name__}.") from error
