"""The preview of a sheet: a file of one line of JSON a row, its rows by fate, so that a page of one is read at once.

The first line holds the headers. Where the pages of a fate begin, the import's row says.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from lms.imports.bulk.fates import Fate, Judged, Said
from lms.imports.models import Import
from lms.paging import PAGE_SIZE, Page
from lms.storage import Stored, current_storage


@dataclass(frozen=True)
class Shown:
    """A row of a preview."""

    line: int
    fate: Fate
    cells: Sequence[str]
    said: Sequence[Said]
    doubt: str
    found: Sequence[dict[str, Any]]


class Preview:
    """A preview while it is made: rows are added in the sheet's order, kept as bytes until all are there."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = headers
        self.rows: dict[Fate, list[bytes]] = {fate: [] for fate in Fate}

    def add(self, judged: Judged, cells: Sequence[str]) -> None:
        """A row, and what becomes of it."""
        said = [[each.code, each.about, each.values] for each in judged.said]
        row = [judged.line, cells, said, judged.doubt, judged.found]
        self.rows[judged.fate].append(json.dumps(row, ensure_ascii=False).encode() + b"\n")

    def counts(self) -> dict[str, int]:
        """Rows by fate."""
        return {fate.value: len(rows) for fate, rows in self.rows.items()}

    def store(self) -> tuple[Stored, dict[str, list[int]]]:
        """Keep it; gives the file, and where in it the pages of each fate begin."""
        places: dict[str, list[int]] = {}
        with TemporaryFile() as file:
            file.write(json.dumps(list(self.headers), ensure_ascii=False).encode() + b"\n")
            for fate, rows in self.rows.items():
                places[fate.value] = list(_written(file, rows))
            file.seek(0)
            return current_storage().put(file), places


def _written(file: IO[bytes], rows: Sequence[bytes]) -> Iterator[int]:
    for number, row in enumerate(rows):
        if number % PAGE_SIZE == 0:
            yield file.tell()
        file.write(row)


def headers_of(record: Import) -> list[str]:
    """The headers of the sheet; none where the preview is gone."""
    file = _opened(record)
    if file is None:
        return []
    with file:
        headers: list[str] = json.loads(file.readline())
        return headers


def page_of(record: Import, fate: Fate, number: int) -> Page[Shown]:
    """A page of the rows of a fate; a number past the end gives the last one."""
    total, places = record.counts.get(fate, 0), record.places.get(fate, [])
    file = _opened(record) if places else None
    if file is None:
        return Page([], 1, 0)
    number = min(max(number, 1), len(places))
    with file:
        file.seek(places[number - 1])
        count = min(PAGE_SIZE, total - (number - 1) * PAGE_SIZE)
        return Page([_shown(file.readline(), fate) for _ in range(count)], number, total)


def rows_with(record: Import, fate: Fate) -> Iterator[Shown]:
    """All rows of a fate, in the sheet's order."""
    return rows_from(record, fate, 0, record.counts.get(fate, 0))


def rows_from(record: Import, fate: Fate, start: int, most: int) -> Iterator[Shown]:
    """So many rows of a fate at most, in the sheet's order, after the first `start` of them; none before is read
    but those of the same page."""
    count = min(most, record.counts.get(fate, 0) - start)
    file = _opened(record) if record.places.get(fate) and count > 0 else None
    if file is not None:
        with file:
            file.seek(record.places[fate][start // PAGE_SIZE])
            for _ in range(start % PAGE_SIZE):
                file.readline()
            for _ in range(count):
                yield _shown(file.readline(), fate)


def _opened(record: Import) -> BinaryIO | None:
    try:
        return current_storage().open(record.preview_key or "")
    except FileNotFoundError:
        return None


def _shown(line: bytes, fate: Fate) -> Shown:
    number, cells, said, doubt, found = json.loads(line)
    return Shown(number, fate, cells, [Said(*each) for each in said], doubt, found)
