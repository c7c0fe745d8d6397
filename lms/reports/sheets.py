"""Reports as files: one layout for CSV, XLSX, PDF and JSON, each says what it holds and whether it is whole."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from tempfile import TemporaryFile
from typing import Any

from lms.documents.sheets import MAX_ROWS, Column, write_csv, write_xlsx
from lms.documents.sheets import Cell as Value
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}
PIECE = 64 * 1024
OTHER_CALENDAR = "_jalali"
"""Ends the key of a column that says once more, in the reader's calendar, what the one without it says."""


class Hidden(Enum):
    """Stands where a number is not shown."""

    HIDDEN = "hidden"


Line = Sequence[Value | Hidden]


def day_columns(key: str, label: str, jalali: str) -> Iterator[Column]:
    """The column of a day, and what says it once more for a reader with the Jalali calendar, under another label."""
    yield Column(key, label, "date", 14)
    if reader().is_jalali:
        yield Column(f"{key}{OTHER_CALENDAR}", jalali, width=14)


def day_cells(day: date | None) -> Iterator[date | str | None]:
    """What stands in them."""
    yield day
    if reader().is_jalali:
        yield reader().short_date(day) if day else None


def way_columns() -> Iterator[Column]:
    """Of the days on which a module was begun and completed."""
    yield from day_columns("started", _("Began on"), _("Began on (Jalali)"))
    yield from day_columns("completed", _("Completed on"), _("Completed on (Jalali)"))


@dataclass
class Sheet:
    """A report laid out: its columns, its lines, and what is said about them."""

    #: ASCII beginning of the file's name.
    name: str
    title: str
    columns: list[Column]
    lines: Iterable[Line]
    totals: Line | None
    expected: int
    about: list[tuple[str, str]]
    written: int = 0

    def counted(self) -> Iterator[Line]:
        """Every line, counted as it is taken."""
        for line in self.lines:
            self.written += 1
            yield line

    def rows(self) -> Iterator[Line]:
        """Every line, counted, then the totals."""
        yield from self.counted()
        if self.totals is not None:
            yield self.totals

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is said about the lines; how many were written is known once they are."""
        yield from self.about
        yield _("Rows expected"), reader().number(self.expected)
        yield _("Rows written"), reader().number(self.written)


def formats_for(expected: int) -> list[str]:
    """The kinds of file that can hold so many lines."""
    return [each for each in FORMATS if _fits(each, expected)]


def _fits(file_format: str, expected: int) -> bool:
    # What is expected is reckoned; more may come.
    return file_format != "xlsx" or expected < MAX_ROWS


def stream(sheet: Sheet, file_format: str) -> Iterator[bytes]:
    """The file, piece by piece. Raises KeyError for a format that is none of FORMATS, NotAllowed for one too long."""
    if not _fits(file_format, sheet.expected):
        raise NotAllowed(_("This report has more rows than a workbook can hold. Take it as CSV."))
    return {"csv": _csv, "xlsx": _xlsx, "pdf": _pdf, "json": _json}[file_format](sheet)


def _csv(sheet: Sheet) -> Iterator[bytes]:
    return (piece.encode() for piece in write_csv(sheet.columns, _csv_lines(sheet), _in_words))


def _csv_lines(sheet: Sheet) -> Iterator[Sequence[Value | Hidden]]:
    """The table, an empty line, the facts."""
    yield from sheet.rows()
    yield []
    yield from sheet.facts()


class _Facts(Sequence[tuple[str, str]]):
    """The facts of a sheet, asked for when its lines are written."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __len__(self) -> int:
        return len(list(self.sheet.facts()))

    def __getitem__(self, index: Any) -> Any:
        return list(self.sheet.facts())[index]


def _xlsx(sheet: Sheet) -> Iterator[bytes]:
    with TemporaryFile() as file:
        rows = map(_plain, sheet.rows())
        write_xlsx(file, sheet.columns, rows, language=language(), sheet_name=sheet.title, about=_Facts(sheet))
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _pdf(sheet: Sheet) -> Iterator[bytes]:
    from lms.reports.printing import pdf_of  # which lays out what is defined here

    return iter([pdf_of(sheet)])


def _json(sheet: Sheet) -> Iterator[bytes]:
    keys = [column.key for column in sheet.columns]
    titles = {column.key: column.title for column in sheet.columns}
    yield f'{{"title": {_dumped(sheet.title)}, "columns": {_dumped(titles)}, "rows": ['.encode()
    for line in sheet.lines:
        yield f"{',' if sheet.written else ''}\n{_dumped(dict(zip(keys, line, strict=True)))}".encode()
        sheet.written += 1
    totals = dict(zip(keys, sheet.totals, strict=True)) if sheet.totals is not None else None
    yield f'],\n"totals": {_dumped(totals)},\n"about": {_dumped(dict(sheet.about))},\n'.encode()
    yield f'"rows_expected": {sheet.expected}, "rows_written": {sheet.written}}}\n'.encode()


def _plain(line: Line) -> list[Value]:
    return [_in_words(value) if isinstance(value, Hidden) else value for value in line]


def _in_words(value: Value | Hidden) -> str:
    return pgettext("number", "hidden") if isinstance(value, Hidden) else str(value)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_json)


def _as_json(value: object) -> str:
    if isinstance(value, Hidden):
        return value.value
    assert isinstance(value, date)
    return value.isoformat()
