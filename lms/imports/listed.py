"""A list of staff as it came, and what its columns hold: told by headers, by hand, or by what stands in each row."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.documents.table_errors import TableError
from lms.imports.entries import Entry, entry_by_columns
from lms.imports.kinds import holds_mail
from lms.imports.pasted import Row

MOST_ENTRIES = 500
MOST_COLUMNS = 50
MOST_CARRIED = 1_000_000
"""Bytes that a page carries from the preview to the deed."""
ORGANIZATION = ("organization", "organization_fa", "organization_ar", "organization_en")
PHONE = "phone"
"""What a column may hold of which nothing is taken: a link has no telephone number, who joins by it gives her own."""
FIELDS = ("person", "given", "family", "mail", "language", *ORGANIZATION, PHONE)
"""What a column of a list may hold, as `lms.imports.bulk.columns` names it."""
_NOT_TAKEN = ("", PHONE)


@dataclass(frozen=True)
class Listed:
    """All rows of a list, of one width. Each column holds one of FIELDS or "" where it is left out."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    #: Whether the first row holds headers.
    headed: bool = False
    #: Written line by line: there are no columns to choose.
    written: bool = False

    @property
    def headers(self) -> Sequence[str]:
        """What stands above the columns; nothing where nothing does."""
        return self.rows[0][1] if self.headed else ()

    @property
    def body(self) -> Sequence[Row]:
        """The rows of people."""
        return self.rows[1:] if self.headed else self.rows

    @property
    def is_matched(self) -> bool:
        """Whether a column is known that says whom a row is about."""
        return bool({"person", "given", "mail"} & set(self.columns))

    @property
    def repeats(self) -> bool:
        """Whether two columns are said to hold the same: then only one of them would be read."""
        used = [field for field in self.columns if field not in _NOT_TAKEN]
        return len(used) != len(set(used))

    @property
    def left_out(self) -> Sequence[int]:
        """The columns that hold something of which nothing is taken."""
        columns = enumerate(zip(self.columns, *(cells for _line, cells in self.body), strict=True))
        return [index for index, (field, *cells) in columns if field in _NOT_TAKEN and any(cells)]

    def people(self) -> list[tuple[Entry, Sequence[str]]]:
        """The people, each with her row; empty rows are left out, and all where no column says whom they are about."""
        if not self.is_matched:
            return []
        found = ((entry_by_columns(line, cells, self.columns), cells) for line, cells in self.body)
        return [(each, cells) for each, cells in found if each.name or each.email or each.language or each.organization]

    def entries(self) -> list[Entry]:
        """The people."""
        return [entry for entry, _cells in self.people()]

    def matched(self, columns: Sequence[str], *, headed: bool) -> "Listed":
        """With these columns; those of which nothing is said are left out.

        Raises ValueError for what a list cannot have, TableError for too many people.
        """
        if not set(columns) <= {"", *FIELDS} or len(columns) > MOST_COLUMNS:
            raise ValueError("not the columns of a list")
        width = len(self.rows[0][1]) if self.rows else 0
        filled = (*columns[:width], *[""] * (width - len(columns)))
        matched = replace(self, columns=filled, headed=headed and len(self.rows) > 1)
        if len(matched.body) > MOST_ENTRIES:
            raise TableError("too_many_rows", f"more than {MOST_ENTRIES}")
        return matched

    @property
    def begins_with_a_person(self) -> bool:
        """Whether the first row is somebody's, whatever it is called: a header gives no mail address."""
        return bool(self.rows) and holds_mail(self.rows[0][1])


def even(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without the empty ones, filled up to one width."""
    kept = [(line, cells) for line, cells in rows if any(cells)]
    width = max((len(cells) for _line, cells in kept), default=0)
    if len(kept) > MOST_ENTRIES + 1:
        raise TableError("too_many_rows", f"more than {MOST_ENTRIES}")
    if width > MOST_COLUMNS:
        raise TableError("too_large", f"{width} columns")
    return tuple((line, (*cells, *[""] * (width - len(cells)))) for line, cells in kept)


def to_json(listed: Listed) -> str:
    """The list as a page carries it from the preview to the deed."""
    kept = {"rows": listed.rows, "columns": listed.columns, "headed": listed.headed, "written": listed.written}
    return json.dumps(kept, ensure_ascii=False)


def from_json(text: str) -> Listed:
    """The list that a page carried. Raises ValueError or TableError for anything else: it can be changed by hand."""
    kept = json.loads(text)
    if not isinstance(kept, dict) or kept.keys() != {"rows", "columns", "headed", "written"}:
        raise ValueError("not a list")
    rows, columns = kept["rows"], kept["columns"]
    if not isinstance(rows, list) or not isinstance(columns, list):
        raise ValueError("not a list")
    listed = Listed(even([_row(row) for row in rows]), written=bool(kept["written"]))
    return listed.matched(_texts(columns), headed=bool(kept["headed"]))


def _row(row: Any) -> Row:
    if not isinstance(row, list) or len(row) != 2 or not isinstance(row[0], int) or isinstance(row[0], bool):
        raise ValueError("not a row")
    return row[0], _texts(row[1])


def _texts(cells: Any) -> tuple[str, ...]:
    if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
        raise ValueError("not the cells of a row")
    return tuple(cells)
