"""Changing counters: rows are locked in the order of their keys, so that two transactions never wait for each other."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import the_connection
from lms.reports.counters.contributions import Changes, Key
from lms.reports.counters.models import COUNTER, SHARED_PERSON, WAIT_COUNTER
from lms.reports.counters.waits import WaitKey

#: In this order they are changed.
_TABLES: dict[type[Key] | type[WaitKey], Table] = {Key: COUNTER, WaitKey: WAIT_COUNTER}


@cache
def _upsert(table: Table, dialect: str) -> Executable:
    insert: Any = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table).inline()
    added = {"change": table.c.change + insert.excluded.change}
    statement: Executable = insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=added)
    return statement


@cache
def _share(dialect: str) -> Executable:
    insert: Any = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(SHARED_PERSON).inline()
    statement: Executable = insert.on_conflict_do_nothing()
    return statement


def apply(changes: Changes) -> None:
    """Add changes to what is kept, in the present write unit."""
    connection = the_connection()
    for kind, table in _TABLES.items():
        columns = [column.name for column in table.columns]
        rows = sorted((*key, change) for key, change in changes.items() if change and isinstance(key, kind))
        if rows:
            told = [dict(zip(columns, row, strict=True)) for row in rows]
            connection.execute(_upsert(table, connection.dialect.name), told)


def note_shared(person_ids: Collection[int]) -> None:
    """Remember people who belonged to more than one organization."""
    if person_ids:
        connection = the_connection()
        connection.execute(_share(connection.dialect.name), [{"person_id": each} for each in sorted(person_ids)])


def difference(after: Changes, before: Changes) -> Changes:
    """By how much each counter changes from one to the other; what does not change is left out."""
    changed = Counter(after)
    changed.subtract(before)
    return Counter({key: change for key, change in changed.items() if change})


def total(many: Iterable[Changes]) -> Changes:
    """The sum of changes."""
    found: Changes = Counter()
    for each in many:
        for key, change in each.items():
            found[key] += change
    return found
