"""Changing counters: rows are locked in the order of their keys, so that two transactions never wait for each other."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite

from lms.db import the_connection
from lms.reports.counters.contributions import Key
from lms.reports.counters.models import COUNTER, SHARED_PERSON

_COLUMNS = [column.name for column in COUNTER.columns]


@cache
def _upsert(dialect: str) -> Executable:
    insert: Any = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(COUNTER).inline()
    added = {"change": COUNTER.c.change + insert.excluded.change}
    statement: Executable = insert.on_conflict_do_update(index_elements=list(COUNTER.primary_key), set_=added)
    return statement


@cache
def _share(dialect: str) -> Executable:
    insert: Any = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(SHARED_PERSON).inline()
    statement: Executable = insert.on_conflict_do_nothing()
    return statement


def apply(changes: "Counter[Key]") -> None:
    """Add changes to what is kept, in the present write unit."""
    rows = [dict(zip(_COLUMNS, (*key, change), strict=True)) for key, change in sorted(changes.items()) if change]
    if rows:
        connection = the_connection()
        connection.execute(_upsert(connection.dialect.name), rows)


def note_shared(person_ids: Collection[int]) -> None:
    """Remember people who belonged to more than one organization."""
    if person_ids:
        connection = the_connection()
        connection.execute(_share(connection.dialect.name), [{"person_id": each} for each in sorted(person_ids)])


def difference(after: "Counter[Key]", before: "Counter[Key]") -> "Counter[Key]":
    """By how much each counter changes from one to the other; what does not change is left out."""
    changed = Counter(after)
    changed.subtract(before)
    return Counter({key: change for key, change in changed.items() if change})


def total(many: Iterable["Counter[Key]"]) -> "Counter[Key]":
    """The sum of changes."""
    found: Counter[Key] = Counter()
    for each in many:
        for key, change in each.items():
            found[key] += change
    return found
