"""How long people took to complete modules, from the counters."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from lms.db import db
from lms.reports.counters.models import WAIT_COUNTER, Wait
from lms.reports.quantiles import half_within, quantiles, share_within
from lms.reports.queries.modules import ReportModule


@dataclass(frozen=True)
class WaitQuery:
    """What is asked for: one object for the page and for every file."""

    network_id: int
    #: Groups of fewer are not shown.
    threshold: int
    #: The modules of the report, and the one that is asked for.
    modules: tuple[ReportModule, ...]
    chosen: ReportModule | None


@dataclass(frozen=True)
class WaitRow:
    """A module, and how long people took for it."""

    module: ReportModule
    #: People who completed it; None is not shown.
    people: int | None
    #: Share in percent to the days within which it had completed; shares that are not shown are left out.
    whole: dict[int, int]
    #: A part of the way to the days within which half had come to its end; None is not shown, and nobody's is left out.
    halves: dict[Wait, int | None]

    def share_within(self, days: int) -> float | None:
        """The share that had completed within so many days, at least; None where that is not shown."""
        return share_within(days, self.whole) if self.whole else None


def waits_of(query: WaitQuery) -> list[WaitRow]:
    """The modules in their order. One statement."""
    found = _counted(query)
    asked = [query.chosen] if query.chosen else query.modules
    return [_row(module, {wait: found[module.id, wait] for wait in Wait}, query.threshold) for module in asked]


def _counted(query: WaitQuery) -> "dict[tuple[int, str], Counter[int]]":
    """Module and part of the way to days to people."""
    kept = WAIT_COUNTER.c
    ids = [module.id for module in ([query.chosen] if query.chosen else query.modules)]
    rows = db.session.execute(
        select(kept.module_id, kept.wait, kept.days, kept.change).where(
            kept.network_id == query.network_id, kept.module_id.in_(ids), kept.change > 0
        )
    ).all()
    found: dict[tuple[int, str], Counter[int]] = {(id_, wait): Counter() for id_ in ids for wait in Wait}
    for module, wait, days, number in rows:
        found[module, wait][days] = number
    return found


def _row(module: ReportModule, found: "dict[Wait, Counter[int]]", threshold: int) -> WaitRow:
    people = found[Wait.WHOLE].total()
    parts = [wait for wait in Wait if wait is not Wait.WHOLE and found[wait]]
    return WaitRow(
        module,
        None if 0 < people < threshold else people,
        quantiles(found[Wait.WHOLE], threshold),
        {wait: half_within(found[wait], threshold) for wait in parts},
    )
