"""Tables written as XLSX and CSV, so that a spreadsheet opens them right in the three languages."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import IO, Any, Literal

from lms.formats import direction

Cell = str | int | float | date | datetime | None
Kind = Literal["text", "integer", "number", "date", "percent"]

NUMBER_FORMATS: dict[Kind, str] = {"integer": "0", "number": "General", "date": "yyyy-mm-dd", "percent": "0%"}
WITH_TIME = "yyyy-mm-dd hh:mm"
ABOUT_TITLES = {"fa": "دربارهٔ این گزارش", "ar": "عن هذا التقرير", "en": "About this report"}
MAX_ROWS = 1_048_575
A4 = 9
BOM = "\ufeff"
PIECE = 64 * 1024
KEPT = 10_000
#: What the CSV writer writes as it should be: a date as ISO 8601 does, None as nothing.
_WRITTEN = frozenset({int, float, date, type(None)})
# What a spreadsheet takes as the start of a formula, the full-width forms among them.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True)
class Group:
    """Columns that say different things about one: side by side in a spreadsheet, in one column on paper."""

    key: str
    title: str


@dataclass(frozen=True)
class Column:
    """A column: the key that the caller knows it by, its title, what it holds, and its width in characters.

    A percent is a fraction (0.43 is shown as 43%). A row may hold None for "nothing", and a text
    in a column of numbers ("fewer than 5") where the number is not to be shown. A column of a group has a short name
    beside its title.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 18
    group: Group | None = None
    short: str = ""


def write_xlsx(
    target: str | Path | IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    language: str,
    sheet_name: str,
    about: Sequence[tuple[str, str]] = (),
) -> int:
    """Write a workbook in constant memory and return the number of rows below the header.

    A second sheet holds the pairs of about (filters, time, who is not counted). Aware times are written
    as they read, without their zone. Raises ValueError for more rows than a sheet can hold.
    """
    import xlsxwriter

    options = {"constant_memory": True, "remove_timezone": True}
    with xlsxwriter.Workbook(target, options) as book:
        writer = _Writer(book, rtl=direction(language) == "rtl")
        name = _safe_name(sheet_name)
        count = writer.table(name, columns, rows)
        if about:
            title = ABOUT_TITLES[language]
            writer.pairs(title if title.casefold() != name.casefold() else f"{title} 2", about)
    return count


def _to_the_minute(value: Cell) -> str:
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else str(value)


def write_csv(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], other: Callable[[Any], str] = _to_the_minute
) -> Iterator[str]:
    """Yield a CSV file in pieces, to be encoded as UTF-8; the first begins with the mark that Excel needs.

    Texts that a spreadsheet would run as a formula get an apostrophe in front; numbers stay plain ASCII. `other` makes
    a text of a value that is no Cell but an instant.
    """
    piece, guarded = StringIO(), _Guarded()
    piece.write(BOM)
    write = csv.writer(piece).writerow
    write([guarded[column.title] for column in columns])
    for row in rows:
        # Not isinstance(), no calls: this line is most of what a file of a million rows costs.
        write([guarded[v] if v.__class__ is str else v if v.__class__ in _WRITTEN else other(v) for v in row])
        if piece.tell() > PIECE:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


class _Guarded(dict[str, str]):
    """Texts with an apostrophe in front where a spreadsheet would run them; what comes often is looked at once."""

    def __missing__(self, text: str) -> str:
        if len(self) >= KEPT:
            self.clear()
        self[text] = guarded = f"'{text}" if text.startswith(FORMULA_STARTS) else text
        return guarded


class _Writer:
    def __init__(self, book: Any, *, rtl: bool) -> None:
        self.book, self.rtl = book, rtl
        self.strong = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.formats = {kind: book.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        self.with_time = book.add_format({"num_format": WITH_TIME})

    def sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name)
        if self.rtl:
            sheet.right_to_left()
        sheet.set_paper(A4)
        return sheet

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
        sheet = self.sheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.title, self.strong)
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > MAX_ROWS:
                raise ValueError("more rows than a sheet can hold")
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.cell(sheet, count, index, column, value)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        return count

    def cell(self, sheet: Any, row: int, index: int, column: Column, value: Cell) -> None:
        if value is None:
            return
        if column.kind == "text" or isinstance(value, str):
            sheet.write_string(row, index, str(value))
        elif isinstance(value, date):
            form = self.with_time if isinstance(value, datetime) else self.formats["date"]
            sheet.write_datetime(row, index, value, form)
        else:
            sheet.write_number(row, index, value, self.formats[column.kind])

    def pairs(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        sheet = self.sheet(name)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 60)
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        label = self.book.add_format({"bold": True, "valign": "top"})
        for row, (key, value) in enumerate(pairs):
            sheet.write_string(row, 0, key, label)
            sheet.write_string(row, 1, value, wrapped)


def _safe_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or "1"
