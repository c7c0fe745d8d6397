"""Imports, as programs are told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.api.cursors import Asked
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.preview import Shown, rows_from
from lms.imports.bulk.queries import MADE, outcome_of
from lms.imports.bulk.wording import doubt, text_of_said
from lms.imports.models import Import

NOT_TAKEN = (Fate.WRONG, Fate.DOUBTFUL)
UNCERTAIN = "doubtful"


@dataclass(frozen=True)
class Standing:
    """How far an import is, and what came of it."""

    id: str
    state: str
    doubtful: str
    made_at: datetime
    ended_at: datetime | None
    total: int
    done: int
    rows: Mapping[str, int]
    made: Mapping[str, int]
    kept: Mapping[str, int]
    tells_rows: bool


@dataclass(frozen=True)
class Reason:
    """Something that is said of a row."""

    field: str | None
    code: str
    detail: str


@dataclass(frozen=True)
class NotTaken:
    """A row that was not taken, with its place in the list of these."""

    keys: tuple[int, int]
    row: int
    fate: str
    reasons: Sequence[Reason]


def standing_of(record: Import) -> Standing:
    """Rows by fate as they were written; until then, as they were judged. One statement."""
    outcome = outcome_of(record)
    fates: Mapping[str, Any] = outcome.fates if outcome.fates else record.counts
    return Standing(
        record.public_id,
        str(record.state),
        "new" if record.doubtful_are_new else "skip",
        record.made_at,
        record.ended_at,
        record.total,
        record.done,
        {fate.value: fates.get(fate.value, 0) for fate in Fate},
        {**{kind: outcome.made[kind] for kind in MADE}, "changed": outcome.changed},
        {kind: len(record.kept.get(kind, [])) for kind in ("organizations", "people")},
        record.preview_key is not None,
    )


def rows_not_taken(record: Import, asked: Asked) -> list[NotTaken]:
    """The asked part of the rows that were not taken, and one further; read from the file of its rows."""
    at, last = asked.after or (0, 0)
    found: list[NotTaken] = []
    for number, fate in enumerate(NOT_TAKEN):
        start = last if number == at else 0
        if number >= at:
            rows = rows_from(record, fate, start, asked.limit + 1 - len(found))
            found += [_told((number, start + index), row) for index, row in enumerate(rows, 1)]
    return found


def _told(keys: tuple[int, int], row: Shown) -> NotTaken:
    reasons = [Reason(said.about or None, said.code, text_of_said(said)) for said in row.said]
    # The first line of a sheet is its header.
    return NotTaken(keys, row.line - 1, row.fate.value, reasons or [Reason(None, UNCERTAIN, doubt())])
