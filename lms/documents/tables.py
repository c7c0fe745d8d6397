"""Uploaded tables, read from CSV or XLSX into clean strings; what the file is, its content tells."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from lms.documents.sheets import FORMULA_STARTS
from lms.documents.table_errors import TableError
from lms.documents.workbooks import read_workbook
from lms.text import clean_line, clean_text

__all__ = ["Table", "TableError", "read_table"]

MAX_BYTES = 20 * 1024 * 1024
DELIMITERS = (",", ";", "\t", "؛", "،")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Line = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Table:
    """The first row, the rows below it, all of the same width, and the number of each row as its owner sees it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_table(data: bytes, filename: str, *, max_rows: int = 5000, max_columns: int = 50) -> Table:
    """The table in an uploaded file; empty rows are left out and short ones filled up.

    Numbers come as ASCII without needless decimals, dates as ISO. Raises TableError; its detail for an old
    or a locked Excel file is "xls" or "locked", which only the name can tell apart.
    """
    if not data.strip():
        raise TableError("empty", "no bytes")
    if len(data) > MAX_BYTES:
        raise TableError("too_large", f"{len(data)} bytes")
    if data.startswith(OLE):
        raise TableError("not_a_table", "xls" if filename.lower().endswith(".xls") else "locked")
    if data.startswith(ZIP):
        lines: Iterable[Line] = read_workbook(data)
    else:
        lines = _csv_lines(_decoded(data))
    return _table(lines, max_rows, max_columns)


def _table(lines: Iterable[Line], max_rows: int, max_columns: int) -> Table:
    filled = ((number, _trimmed(cells, max_columns)) for number, cells in lines)
    kept = list(islice(((number, cells) for number, cells in filled if cells), max_rows + 2))
    if len(kept) < 2:
        raise TableError("empty", "no row below the header")
    if len(kept) > max_rows + 1:
        raise TableError("too_many_rows", f"more than {max_rows}")
    width = max(len(cells) for _, cells in kept)
    rows = tuple((*cells, *[""] * (width - len(cells))) for _, cells in kept)
    return Table(rows[0], rows[1:], tuple(number for number, _ in kept[1:]))


def _trimmed(cells: Sequence[str], max_columns: int) -> list[str]:
    cleaned = [_clean(cell) for cell in cells]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    if len(cleaned) > max_columns:
        raise TableError("too_large", f"{len(cleaned)} columns")
    return cleaned


def _clean(text: str) -> str:
    text = text.strip(" ")
    # Most cells hold nothing that would have to be cleaned away, and large sheets are made of cells.
    plain = text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text)
    return _unguarded(text if plain else _cleaned(text))


def _cleaned(text: str) -> str:
    return "\n".join(clean_line(line) for line in clean_text(text).split("\n")).strip()


def _unguarded(text: str) -> str:
    # The apostrophe that guards a formula in our own exports, and in those of others.
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def _decoded(data: bytes) -> str:
    text = _decode(data)
    if re.search(r"[\x00-\x08\x0e-\x1f]", text) or text.lstrip().startswith(("<", "{", "%PDF")):
        raise TableError("not_a_table", "neither CSV nor XLSX")
    return text


def _decode(data: bytes) -> str:
    encodings = ["utf-8-sig", "cp1256"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data[:4]:
        encodings = ["utf-16-be" if data[0] == 0 else "utf-16-le"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("unreadable", "no known encoding")


def _csv_lines(text: str) -> Iterator[Line]:
    named = re.match(r"sep=(.)\r?\n", text)
    body = text[named.end() :] if named else text
    reader = csv.reader(StringIO(body, newline=""), delimiter=named[1] if named else _delimiter(body))
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise TableError("unreadable", str(error)) from error


def _delimiter(text: str) -> str:
    """The sign that cuts the header into several cells and most of the first rows into as many."""

    def fit(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(StringIO(text[:65536], newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(reader, 20) if cells]
        except csv.Error:
            return (0, 0)
        return (widths.count(widths[0]), widths[0]) if widths and widths[0] > 1 else (0, 0)

    return max(DELIMITERS, key=fit)
