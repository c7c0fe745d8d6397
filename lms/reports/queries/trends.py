"""What happened over time in a network: modules begun and completed from the counters, awards from the cycles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.certification.models import Cycle
from lms.db import db
from lms.reports.counters.models import ANY, COUNTER, Kind
from lms.reports.queries.modules import ReportModule
from lms.reports.steps import ALL, Key, Step, StepKind, protect_steps, step_of, steps_between


@dataclass(frozen=True)
class TrendQuery:
    """What is asked for: one object for the page and for every file."""

    network_id: int
    #: A number below it is not shown.
    threshold: int
    #: All modules of the report, and the one that is asked for.
    modules: tuple[ReportModule, ...]
    chosen: ReportModule | None
    kind: StepKind
    #: The steps of these days are shown, each of them whole.
    first: date
    last: date


@dataclass(frozen=True)
class TrendRow:
    """A step; None is not shown. Awards are the organizations' and of no module."""

    step: Step
    starts: int | None
    completions: int | None
    awards: int | None


def trend(query: TrendQuery) -> list[TrendRow]:
    """The steps, the latest first. Two statements."""
    numbers = flow(query.network_id, [module.id for module in query.modules], query.kind)
    starts, completions = (protect_steps(each, query.threshold) for each in numbers)
    row = query.chosen.id if query.chosen else ALL
    awards = _awards(query) if query.chosen is None else None
    return [
        TrendRow(step, starts.of(row, step), completions.of(row, step), None if awards is None else awards[step])
        for step in steps_between(query.kind, query.first, query.last)
    ]


def flow(network_id: int, module_ids: Sequence[int], kind: StepKind) -> tuple[Counter[Key], Counter[Key]]:
    """Enrolments and completions of modules in all steps that there ever were. One statement."""
    kept = COUNTER.c
    rows = db.session.execute(
        select(kept.module_id, kept.kind, kept.day, func.sum(kept.change))
        .where(
            kept.network_id == network_id,
            kept.organization_id == ANY,
            kept.module_id.in_(module_ids),
            kept.kind.in_([Kind.STARTS.value, Kind.COMPLETIONS.value]),
        )
        .group_by(kept.module_id, kept.kind, kept.day)
    )
    found: tuple[Counter[Key], Counter[Key]] = Counter(), Counter()
    for module, what, day, number in rows:
        found[what == Kind.COMPLETIONS.value][module, step_of(kind, day)] += int(number)
    return found


def _awards(query: TrendQuery) -> "Counter[Step]":
    rows = db.session.execute(
        select(Cycle.awarded_on, func.count())
        .where(Cycle.network_id == query.network_id, Cycle.awarded_on.is_not(None))
        .group_by(Cycle.awarded_on)
    )
    found: Counter[Step] = Counter()
    for day, number in rows:
        assert day is not None
        found[step_of(query.kind, day)] += number
    return found
