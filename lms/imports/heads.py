"""Whether the first row of a list of staff is a head: a word that stands above columns may be somebody's name."""

from collections.abc import Iterator, Sequence

from lms.imports.bulk.columns import LIST_FIELDS, recognised
from lms.imports.kinds import holds_mail, is_number, language_of
from lms.imports.words import column_words
from lms.text import answer_key

_NOBODYS = frozenset(
    {
        "person",
        "given",
        "family",
        "mail",
        "phone",
        "organization",
        "organization_fa",
        "organization_ar",
        "organization_en",
    }
)
"""Fields whose words nobody bears as a name, but for `_NAMES`; somebody may be called Mark, Post, Day or کشور."""
_NAMES = frozenset(column_words({"": "نهاد، سمن، فرد، هاتف، ngo, person"}))


def is_head(first: Sequence[str], known: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether `first` names columns. `known` has the field that each of its cells names, or ""; rows are of one width.

    Without a known word it is none: to show a head as a person harms less than to leave out a person.
    """
    named = [(cell, field) for cell, field in zip(first, known, strict=True) if field]
    if len(named) != 1:
        return bool(named)
    return _is_nobodys(*named[0]) or any(
        _is_title(cell) and _are_of_one_kind(column) for cell, column in zip(first, _columns(below), strict=True)
    )


def names_columns(cells: Sequence[str]) -> bool:
    """Whether two words of a row are known to name columns, and none of its cells is an address."""
    return sum(map(bool, recognised(cells, fields=LIST_FIELDS))) > 1 and not holds_mail(cells)


def names_a_column(line: str) -> bool:
    """Whether a line is a word that stands above columns and that nobody is called by."""
    return _is_nobodys(line, recognised([line], fields=LIST_FIELDS)[0])


def _is_nobodys(word: str, field: str) -> bool:
    return field in _NOBODYS and answer_key(word) not in _NAMES


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    return ([cell for cell in column if cell] for column in zip(*rows, strict=True))


def _are_of_one_kind(cells: Sequence[str]) -> bool:
    kinds = {_kind(cell) for cell in cells}
    return len(kinds) == 1 and "" not in kinds


def _kind(cell: str) -> str:
    if holds_mail([cell]):
        return "mail"
    if is_number(cell):
        return "number"
    return "language" if language_of(cell) else ""


def _is_title(cell: str) -> bool:
    """Whether it could be a column's: a word, and neither a number, a language nor what is meant as an address."""
    return any(map(str.isalpha, cell)) and "@" not in cell and not any(map(str.isdigit, cell)) and not language_of(cell)
