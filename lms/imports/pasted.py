"""A pasted list, cut into rows of cells or into what is written of each person."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from lms.imports.heads import names_a_column, names_columns
from lms.imports.kinds import EDGES, holds_mail, one_line
from lms.imports.written import people_in
from lms.text import clean_line

SIGNS = (";", "؛", ",", "،", "|")
MOST_TITLES = 3
"""Rows that may stand above the headers, as the title of a sheet does."""
Row = tuple[int, tuple[str, ...]]
"""Its number as its owner sees it, and its cells."""


def table_in(text: str) -> list[Row]:
    """Rows of cells: cut by tabs as a spreadsheet gives them, or by another sign where headers are cut by it.

    Nothing where there is no such table.
    """
    lines = text.splitlines()
    if "\t" in text:
        return _rows(_cut_by_tabs(lines))
    for sign in SIGNS:
        rows = _rows(_cut(lines, sign))
        if any(names_columns(cells) for _number, cells in rows[: MOST_TITLES + 1]):
            return rows
    return []


def written_in(text: str) -> list[tuple[int, str]]:
    """What is written of each person, with the number of its line; a word above them, such as "Name", is none."""
    lines = [(number, clean_line(line)) for number, line in enumerate(text.splitlines(), 1) if line.strip(EDGES)]
    people = lines[1:] if len(lines) > 1 and names_a_column(lines[0][1]) else lines
    return [(number, part) for number, line in people for part in people_in(line)]


def below_titles(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows from the headers on, where titles of one cell each stand above them."""
    for at in range(1, min(MOST_TITLES, len(rows) - 2) + 1):
        above = [cell for cell in rows[at - 1][1] if cell]
        if len(above) > 1 or holds_mail(above):
            break
        if names_columns(rows[at][1]):
            return rows[at:]
    return rows


def _rows(cut: Iterable[Sequence[str]]) -> list[Row]:
    cleaned = ((number, tuple(one_line(cell) for cell in cells)) for number, cells in enumerate(cut, 1))
    return [(number, cells) for number, cells in cleaned if any(cell.strip(EDGES) for cell in cells)]


def _cut_by_tabs(lines: Sequence[str]) -> list[list[str]]:
    """Cells as a spreadsheet copies them, those with line ends in quotation marks; one that does not end is a sign."""
    text = "\n".join(lines)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        rows = [["\t"]]
    if text.count('"') % 2 or any("\t" in cell for cells in rows for cell in cells):
        return [[cell.strip('"') for cell in line.split("\t")] for line in lines]
    return rows


def _cut(lines: Sequence[str], sign: str) -> list[list[str]]:
    try:
        return [next(csv.reader([line], delimiter=sign, skipinitialspace=True), []) for line in lines]
    except csv.Error:
        return [line.split(sign) for line in lines]
