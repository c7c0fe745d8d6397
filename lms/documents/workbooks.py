"""XLSX workbooks from strangers: measured first, then read.

The reader lays a sheet out as a full rectangle in memory and copies a shared text into each of its cells, so two
cells far apart, or one long text used often, would end the process however small the file is. Hence the measuring.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lms.documents.table_errors import TableError

MAX_ENTRIES = 2000
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 300
MAX_CELLS = 1_000_000
MAX_TEXT = 60 * 1024 * 1024
SHEET = tuple("sheetData".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
SHARED_TEXTS = re.compile(rb"<([\w.-]+:)?sst[\s/>]")


def read_workbook(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of the first visible sheet as texts, with their numbers. Raises TableError."""
    try:
        _measure(data)
        rows = _rows(data)
    except TableError:
        raise
    except Exception as error:  # archives and XML made by strangers fail in more ways than can be listed
        raise TableError("unreadable", f"{type(error).__name__}: {error}") from error
    for number, row in enumerate(rows, start=1):
        yield number, [_text(value) for value in row]


def _rows(data: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for sheet in book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
                return book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own, no Exception and of no public type
            raise
        raise TableError("unreadable", "the reader gave up") from error
    raise TableError("empty", "no visible sheet")


def _measure(data: bytes) -> None:
    """Refuse what is no workbook, and what would grow beyond bounds when it is read."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data)):
            raise TableError("too_large", f"{len(entries)} entries, {unpacked} bytes unpacked")
        if "xl/workbook.xml" not in archive.namelist():
            raise TableError("not_a_table", "an archive, but no XLSX workbook")
        parts = [archive.read(entry) for entry in entries]
    # Which part the reader will take as what, only it knows: whatever looks like a sheet is measured as one.
    lengths = [_text_lengths(part) for part in parts if SHARED_TEXTS.search(part)]
    texts = [max(same) for same in zip_longest(*lengths, fillvalue=0)]
    for part in parts:
        if any(name in part for name in SHEET):
            _SheetMeter(texts).measure(part)


def _parser() -> Any:
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise TableError("unreadable", "a document type declaration")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _text_lengths(part: bytes) -> list[int]:
    """The length of each shared text, at most: sounds and white space between runs are counted as well."""
    lengths: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if _local(name) == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = _parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.Parse(part, True)
    return lengths


class _SheetMeter:
    """Walks a sheet as the reader will, and stops where its rectangle or its text grows too large."""

    def __init__(self, texts: Sequence[int]) -> None:
        self.texts = texts
        self.row = self.column = -1
        self.height = self.width = self.text = 0
        self.shared = self.inside = False
        self.content: list[str] = []

    def measure(self, part: bytes) -> None:
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.characters
        parser.Parse(part, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "row":
                self.move(int(attributes["r"]) - 1 if "r" in attributes else self.row + 1, -1)
            case "c":
                self.move(*_position(attributes["r"]) if "r" in attributes else (self.row, self.column + 1))
                self.shared = attributes.get("t") == "s"
            case "v":
                self.inside = self.shared
                self.content.clear()

    def characters(self, data: str) -> None:
        if self.inside:
            self.content.append(data)

    def end(self, name: str) -> None:
        if self.inside and _local(name) == "v":
            self.inside = False
            index = int("".join(self.content))
            self.text += self.texts[index] if 0 <= index < len(self.texts) else 0
            if self.text > MAX_TEXT:
                raise TableError("too_large", "one text in very many cells")

    def move(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        if self.height * self.width > MAX_CELLS:
            raise TableError("too_large", f"{self.height} by {self.width} cells")


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    if len(letters) > 3:
        raise TableError("unreadable", "a cell outside any sheet")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes") if not value.second else value.isoformat(timespec="seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)
