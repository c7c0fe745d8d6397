"""What the columns of a list without headers hold, told by what stands in them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lms.imports.entries import Places, entry_by_columns, is_number, one_line, places_in, told_by_cells
from lms.text import ascii_digits

#: With a country's code, or as it is dialled within one; an Iranian mobile's also without its zero, as Excel has it.
_PHONE = re.compile(r"(\+|00)[0-9]{9,14}|0[1-9][0-9]{8,9}|9[0-9]{9}")
_WRITTEN_IN_PHONES = re.compile(r"[\s()./\-–]+")


def guessed(rows: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """What each column of these rows holds, "" for what is left out; None where the rows differ in that."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    columns = _voted([places_in(row) for row in cells], len(cells[0]) if cells else 0)
    return with_phones(columns, rows) if all(_tells_as_much(row, columns) for row in cells) else None


def with_phones(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns, where those that hold nothing but telephone numbers are named as such."""
    return tuple(
        field or ("phone" if _are_phones(row[index] for row in rows) else "") for index, field in enumerate(columns)
    )


def _are_phones(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(is_phone, filled))


def is_phone(cell: str) -> bool:
    """Whether it is written like a telephone number, in any digits."""
    return is_number(cell) and _PHONE.fullmatch(_WRITTEN_IN_PHONES.sub("", ascii_digits(cell))) is not None


def _voted(places: Sequence[Places], width: int) -> list[str]:
    """What most rows have in each column."""
    columns = [""] * width
    votes = {
        "language": [place.language for place in places],
        "mail": [place.mail for place in places],
        "person": [place.name for place in places],
    }
    for field, indexes in votes.items():
        for index, _times in Counter(index for index in indexes if index is not None).most_common(1):
            columns[index] = field
    return columns


def _tells_as_much(cells: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether nothing that the row tells by itself is lost or changed where it is read by these columns.

    What stands beside a mail address alone need not be a name, if most rows have theirs in another column.
    """
    told, entry = told_by_cells(cells), entry_by_columns(0, cells, columns)
    left_out = (cell for cell, column in zip(cells, columns, strict=True) if not column)
    is_named = told.name == entry.name or (bool(entry.email) and not entry.name and told.name in left_out)
    return is_named and told.email in ("", entry.email) and told.language in ("", entry.language)
