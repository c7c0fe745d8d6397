"""The numbers of the completion report, without their page, against the bare SQL of the counters that they come from.

The bare SQL is what the report itself sends to the tables of the counters, with the values that it sends, run again by
the driver alone: so it is the report's own, whatever that becomes.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from benchmarks.ratios import is_over
from benchmarks.sized import Sized
from lms.clock import now
from lms.db import db, the_connection
from lms.organizations.models import Network
from lms.reports.counters.models import COUNTER, SHARED_PERSON
from lms.reports.queries.completion import report
from lms.reports.queries.modules import modules_of
from lms.reports.query import CompletionQuery

ROUNDS = 15
LIMIT = 3.0


@contextmanager
def noted() -> Iterator[list[tuple[str, Any]]]:
    """Collect what is sent to the tables of the counters: statements with their values."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if any(f" {table.name}" in statement for table in (COUNTER, SHARED_PERSON)):
            seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def judge_numbers(sized: Sized) -> bool:
    """Print both; whether the report takes more than it may."""
    with sized.app().app_context():
        network = db.session.query(Network).one()
        columns, query = modules_of(network.id), CompletionQuery(network.id)

        def ours() -> None:
            report(query, network, columns, language="fa", now=now())

        with noted() as seen:
            ours()
        driver: Any = the_connection().connection.driver_connection

        def bare() -> None:
            for statement, values in seen:
                driver.execute(statement, values).fetchall()

        mine, floor = in_turn(ours, bare)
        db.session.remove()
        db.engine.dispose()
    what = f"numbers of the report {sized.name} {mine:7.2f} ms, the bare SQL of {len(seen)} statements {floor:7.2f} ms"
    return is_over(what, mine / floor, LIMIT)


def in_turn(*deeds: Callable[[], None]) -> list[float]:
    """Milliseconds of CPU of each, in the middle of some rounds."""
    spent: list[list[float]] = [[] for _deed in deeds]
    for _round in range(ROUNDS):
        for deed, times in zip(deeds, spent, strict=True):
            before = time.process_time()
            deed()
            times.append((time.process_time() - before) * 1000)
    return [sorted(times)[ROUNDS // 2] for times in spent]
