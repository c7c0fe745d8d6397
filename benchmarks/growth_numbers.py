"""What the completion report's query makes of the database's answers, without the page, against the bare SQL.

Its counts alone against the statements that ask the counters, and all of it (names, certificates, order) against all of
its statements. The bare SQL is what is sent, with the values that are sent, run again by the driver alone: so it is the
report's own, whatever that becomes.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from benchmarks.ratios import is_over
from benchmarks.sized import Sized
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import db, the_connection
from lms.organizations.models import Network
from lms.reports.queries.columns import Columns
from lms.reports.queries.completion import report
from lms.reports.queries.modules import modules_of
from lms.reports.queries.tables import whole_table
from lms.reports.query import CompletionQuery

ROUNDS = 15
LIMIT = 3.0


@contextmanager
def noted() -> Iterator[list[tuple[str, Any]]]:
    """Collect what is sent: statements with their values."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def judge_numbers(sized: Sized) -> int:
    """Print both; gives how many take more than they may."""
    with sized.app().app_context():
        network = db.session.query(Network).one()
        modules, query = modules_of(network.id), CompletionQuery(network.id)
        shown = report(query, network, modules, language="fa", now=now())
        columns = Columns(network.id, local_day(network, now()), [module.id for module in modules])
        organizations = [row.id for row in shown.page.items]
        count = int(_judge(sized.name, "counts", lambda: whole_table(columns, None, organizations)))
        count += _judge(sized.name, "report", lambda: report(query, network, modules, language="fa", now=now()))
        db.session.remove()
        db.engine.dispose()
    return count


def _judge(size: str, name: str, ours: Callable[[], object]) -> bool:
    with noted() as seen:
        ours()
    driver: Any = the_connection().connection.driver_connection

    def bare() -> None:
        for statement, values in seen:
            driver.execute(statement, values).fetchall()

    mine, floor = in_turn(ours, bare)
    what = f"numbers of {name} {size:>5} {mine:7.2f} ms, the bare SQL of {len(seen)} statements {floor:7.2f} ms"
    return is_over(what, mine / floor, LIMIT)


def in_turn(*deeds: Callable[[], object]) -> list[float]:
    """Milliseconds of CPU of each, in the middle of some rounds."""
    spent: list[list[float]] = [[] for _deed in deeds]
    for _round in range(ROUNDS):
        for deed, times in zip(deeds, spent, strict=True):
            before = time.process_time()
            deed()
            times.append((time.process_time() - before) * 1000)
    return [sorted(times)[ROUNDS // 2] for times in spent]
