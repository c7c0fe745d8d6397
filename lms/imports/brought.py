"""A list of staff as it is brought: what its columns hold, told by headers or by what stands in each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from lms.imports.bulk.columns import LIST_FIELDS, recognised
from lms.imports.entries import told_by_cells
from lms.imports.guesses import guessed, with_mails, with_phones
from lms.imports.heads import is_head
from lms.imports.listed import FIELDS, Listed, even
from lms.imports.pasted import Row, below_titles, table_in, written_in
from lms.imports.written import Told, told_by_line

_TOLD = ("person", "mail", "language")
Remembered = Callable[[Sequence[str]], Mapping[str, str]]
"""What columns with these headers held before."""


def _nothing(_headers: Sequence[str]) -> Mapping[str, str]:
    return {}


def listed_text(text: str, remembered: Remembered = _nothing) -> Listed:
    """A pasted list: a table, or freely written, one person a line or several.

    Raises TableError for more than a page can carry, as all do that make a list.
    """
    if table := table_in(text):
        return _table(table, remembered)
    return _told([(number, told_by_line(line)) for number, line in written_in(text)], written=True)


def listed_table(
    headers: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], remembered: Remembered = _nothing
) -> Listed:
    """A list from a file; a first row that is no head (`lms.imports.heads`) and was not matched before is a person."""
    return _table([(1, tuple(headers)), *((line, tuple(cells)) for line, cells in rows)], remembered)


def _table(rows: Iterable[Row], remembered: Remembered) -> Listed:
    listed = Listed(tuple(below_titles(even(rows))))
    if len(listed.rows) < 2 or listed.begins_with_a_person:
        return _without_head(listed)
    first, below = listed.rows[0][1], [cells for _line, cells in listed.rows[1:]]
    before = remembered(first)
    known = recognised(first, before, LIST_FIELDS)
    if not before and not is_head(first, known, below):
        return _without_head(listed)
    columns = [field if field in FIELDS else "" for field in known]
    return listed.matched(columns if before else _with_contents(columns, known, below), headed=True)


def _with_contents(columns: Sequence[str], known: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """The columns, where those whose headers say nothing tell by themselves that they hold addresses or telephones."""
    told = with_phones(with_mails(known, below) if "person" in columns else known, below)
    return [field if header else content for field, header, content in zip(columns, known, told, strict=True)]


def _without_head(listed: Listed) -> Listed:
    """Its columns as they tell themselves; where its rows differ, what each of them tells is put into columns."""
    columns = guessed([cells for _line, cells in listed.rows])
    if columns is not None:
        return listed.matched(columns, headed=False)
    return _told([(line, told_by_cells(cells)) for line, cells in listed.rows])


def _told(rows: Sequence[tuple[int, Told]], *, written: bool = False) -> Listed:
    """Rows that tell by themselves, as columns; there is nothing to choose where a written line has no more to it."""
    kept = _without_empty(even((line, told.cells) for line, told in rows))
    width = len(kept[0][1]) if kept else len(_TOLD)
    listed = Listed(kept, written=written and width == len(_TOLD))
    columns = (*_TOLD, *[""] * (width - len(_TOLD)))
    return listed.matched(with_phones(columns, [cells for _line, cells in listed.rows]), headed=False)


def _without_empty(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows without columns in which nothing is left over."""
    columns = list(zip(*(cells for _line, cells in rows), strict=True))
    kept = [index for index, cells in enumerate(columns) if index < len(_TOLD) or any(cells)]
    return tuple((line, tuple(cells[index] for index in kept)) for line, cells in rows)
