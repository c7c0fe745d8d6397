"""Whether two databases hold the same: of every table the number of rows, and a digest of all their values.

A digest is the sum of its rows' hashes, so that neither the order of rows nor that of a database's alphabet matters,
and a row that stands twice counts twice.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from lms.backup.tables import Row, read_rows

MODULUS = 2**256
SHOWN = 5


def row_hash(row: Row) -> bytes:
    """The hash of a row in neutral form: the same for values that are equal, however a database spells them."""
    line = json.dumps(_spelled(row), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode("ascii")).digest()


def _spelled(value: Any) -> Any:
    """PostgreSQL keeps numbers in JSON as decimals: what was 1e+16 comes back as a whole number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _spelled(inner) for name, inner in value.items()}
    return [_spelled(inner) for inner in value] if isinstance(value, list) else value


@dataclass
class Digest:
    """Rows that went by."""

    rows: int = 0
    total: int = 0

    def add(self, row: Row) -> None:
        """Take a row into account."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(row_hash(row))) % MODULUS

    @property
    def text(self) -> str:
        """In hexadecimal digits."""
        return f"{self.total:064x}"


@dataclass(frozen=True)
class Compared:
    """One table on both sides."""

    table: str
    here: Digest
    there: Digest
    #: Some of the keys of rows that differ.
    rows: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether as many rows, and all their values."""
        return self.here == self.there

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "table": self.table,
            "equal": self.equal,
            "rows": self.here.rows,
            "rows_of_copy": self.there.rows,
            "digest": self.here.text,
            "digest_of_copy": self.there.text,
            "differing": list(self.rows),
        }

    def __str__(self) -> str:
        counts = f"{self.here.rows} rows, {self.there.rows} in the copy"
        return f"{self.table}: {counts}" + (f"; {', '.join(self.rows)}" if self.rows else "")


def differing_rows(here: tuple[Connection, Table], there: tuple[Connection, Table]) -> Iterator[str]:
    """The keys of some rows that only one side has, or that differ: by the side that has them so."""
    ours, theirs = _keys(*here), _keys(*there)
    yield from [f"{key} differs or is missing in the copy" for key in _only(ours, theirs)]
    yield from [f"{key} is in the copy only" for key in _only(theirs, ours) if key not in ours.values()]


def _only(some: dict[bytes, str], others: dict[bytes, str]) -> list[str]:
    return [key for digest, key in some.items() if digest not in others][:SHOWN]


def _keys(connection: Connection, table: Table) -> dict[bytes, str]:
    names = [column.name for column in table.primary_key.columns]
    return {row_hash(row): ", ".join(f"{name} {row[name]}" for name in names) for row in read_rows(connection, table)}
