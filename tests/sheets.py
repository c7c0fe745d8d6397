"""Sheets for tests: brought, looked at, written and undone as the worker does it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import current_app

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db, write_unit
from lms.documents.tables import read_table
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.fates import Fate
from lms.imports.bulk.preview import Shown, rows_with
from lms.imports.bulk.services import Asked, begin, bring, keep_file, look, undo
from lms.imports.models import Import
from lms.jobs.worker import run_due
from lms.organizations.models import Network

JOBS = ("look_at_import", "run_import", "undo_import")


def csv_of(*rows: Sequence[str]) -> bytes:
    """A sheet; the first row is its header."""
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def bring_sheet(network: Network, admin: Person | None, data: bytes, name: str = "people.csv") -> Import:
    """A sheet whose columns wait."""
    table, key = read_table(data, name, max_rows=100_000), keep_file(BytesIO(data))
    with write_unit():
        return bring(network, table, key, name, language="fa", actor_id=admin.id if admin else None, now=now())


def looked_at(record: Import, kinds: Sequence[Kind] = tuple(Kind), **asked: Any) -> Import:
    """The sheet with its rows' fates."""
    with write_unit():
        look(fresh(record), Asked(asked.pop("columns", record.columns), kinds, **asked))
    return work(record)


def written(record: Import) -> Import:
    """The sheet, its good rows written."""
    with write_unit():
        begin(fresh(record))
    return work(record)


def undone(record: Import) -> Import:
    """The sheet, taken back."""
    with write_unit():
        undo(fresh(record))
    return work(record)


def work(record: Import) -> Import:
    """Run what was asked of the worker."""
    run_due(current_app._get_current_object(), JOBS)  # type: ignore[attr-defined]
    return fresh(record)


def fresh(record: Import) -> Import:
    """The record as the database has it."""
    db.session.expire_all()
    return db.session.get_one(Import, record.id)


def fates(record: Import) -> dict[str, int]:
    """Rows by fate, without those that there are none of."""
    return {fate: count for fate, count in record.counts.items() if count}


def rows(record: Import, fate: Fate) -> list[Shown]:
    """The rows of a fate."""
    return list(rows_with(record, fate))


def reasons(record: Import) -> list[tuple[int, str, str]]:
    """What is wrong: line, code and field."""
    return [(row.line, row.said[0].code, row.said[0].about) for row in rows(record, Fate.WRONG)]
