"""What the columns of a list without headers hold, told by what stands in them."""

from collections import Counter
from collections.abc import Callable, Sequence

from lms.imports.entries import Places, entry_by_columns, places_in, told_by_cells
from lms.imports.kinds import address_of, is_phone, one_line, says_no_mail
from lms.text import is_mail_address


def guessed(rows: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    """What each column of these rows holds, "" for what is left out; None where the rows differ in that."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    columns = _voted([places_in(row) for row in cells], len(cells[0]) if cells else 0)
    return with_phones(columns, rows) if all(_tells_as_much(row, columns) for row in cells) else None


def with_phones(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns, where those that hold nothing but telephone numbers are named as such."""
    return tuple(field or ("phone" if _are(is_phone, rows, index) else "") for index, field in enumerate(columns))


def with_mails(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The columns, where one that holds nothing but mail addresses is that of the mails, if no other is."""
    free = (index for index, field in enumerate(columns) if not field and _are(_is_mail, rows, index))
    mail = None if "mail" in columns else next(free, None)
    return tuple("mail" if index == mail else field for index, field in enumerate(columns))


def _are(kind: Callable[[str], bool], rows: Sequence[Sequence[str]], index: int) -> bool:
    filled = [row[index] for row in rows if row[index]]
    return bool(filled) and all(map(kind, filled))


def _is_mail(cell: str) -> bool:
    return is_mail_address(address_of(cell))


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
    left_out = {cell for cell, column in zip(cells, columns, strict=True) if not column}
    is_named = told.name == entry.name or (bool(entry.email) and not entry.name and told.name in left_out)
    shown = {entry.name, entry.email, *left_out}
    return (
        is_named
        and told.email in ("", entry.email)
        and told.language in ("", entry.language)
        and all(cell in shown or says_no_mail(cell) for cell in told.rest)
    )
