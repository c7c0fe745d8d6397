"""What happened over time in a network: modules begun and completed from the counters, awards from the cycles."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from lms.certification.models import Cycle
from lms.db import db
from lms.reports.counters.models import ANY, COUNTER, Kind
from lms.reports.queries.modules import ReportModule
from lms.reports.steps import Shown, Step, StepKind, protect_steps, step_of, steps_between


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
    """A step. Awards are the organizations' and of no module: None where one is asked for."""

    step: Step
    starts: Shown
    completions: Shown
    awards: int | None


def trend(query: TrendQuery) -> list[TrendRow]:
    """The steps, the latest first. Two statements."""
    starts, completions = (protect_steps(numbers, query.threshold) for numbers in _flow(query))
    steps = steps_between(query.kind, query.first, query.last)
    if query.chosen is None:
        awards = _awards(query)
        return [TrendRow(step, starts.of_all(step), completions.of_all(step), awards[step]) for step in steps]
    row = query.chosen.id
    return [TrendRow(step, starts.of(row, step), completions.of(row, step), None) for step in steps]


def _flow(query: TrendQuery) -> "tuple[Counter[tuple[int, Step]], Counter[tuple[int, Step]]]":
    """Enrolments and completions of all modules in all steps that there ever were: (module, step) to how many."""
    kept = COUNTER.c
    rows = db.session.execute(
        select(kept.module_id, kept.kind, kept.day, func.sum(kept.change))
        .where(
            kept.network_id == query.network_id,
            kept.organization_id == ANY,
            kept.module_id.in_([module.id for module in query.modules]),
            kept.kind.in_([Kind.STARTS.value, Kind.COMPLETIONS.value]),
        )
        .group_by(kept.module_id, kept.kind, kept.day)
    )
    found: tuple[Counter[tuple[int, Step]], Counter[tuple[int, Step]]] = Counter(), Counter()
    for module, kind, day, number in rows:
        found[kind == Kind.COMPLETIONS.value][module, step_of(query.kind, day)] += int(number)
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
