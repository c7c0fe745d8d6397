"""The sheet of an import, read from storage."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from lms.clock import now
from lms.documents.tables import Table, read_table
from lms.imports.bulk.asked import Row
from lms.imports.bulk.cells import Terms
from lms.imports.bulk.judging import Judge
from lms.imports.bulk.world import World
from lms.imports.full_names import name_of_parts
from lms.imports.models import Import
from lms.storage import current_storage

MOST_ROWS = 100_000
BATCH = 1_000
"""Rows that are judged and written together."""


def table_of(record: Import) -> Table:
    """The sheet as it came. Raises FileNotFoundError where it is gone, TableError where it cannot be read."""
    with current_storage().open(record.file_key or "") as file:
        return read_table(file.read(), record.file_name, max_rows=MOST_ROWS)


def rows_of(table: Table, columns: Sequence[str]) -> Iterator[Row]:
    """Its rows by what the columns hold."""
    for line, cells in zip(table.lines, table.rows, strict=True):
        yield line, given_in(cells, columns)


def given_in(cells: Sequence[str], columns: Sequence[str]) -> Mapping[str, str]:
    """Field to what a row says of it; a name that it has in parts as the name of the person."""
    held = ((index, field) for index, field in enumerate(columns) if field)
    given = {field: cells[index] for index, field in held if cells[index]}
    name = name_of_parts(*(given.pop(field, "") for field in ("person", "given", "family")))
    return {**given, "person": name} if name else given


def judge_of(record: Import) -> Judge:
    """Who judges its rows, knowing what is there now."""
    zone, at = ZoneInfo(record.network.time_zone), now()
    terms = Terms(record.language, record.calendar, zone, at.astimezone(zone).date(), at.date())
    return Judge(World(record, terms.day), record, terms)
