"""Weeks and months of the reader's calendar, and which numbers of them are not shown.

Counts by module are known as a whole: a step is a finer cut of them. Over all steps that there ever were, whichever
are looked at,

- each number of somebody but fewer than the threshold is hidden, and the next smallest of the module, until what is
  hidden of it is two numbers and together not below the threshold;
- a module of fewer than that in all is hidden in every step, and left out of the totals of all modules;
- a total is of the numbers that are shown, and says of how many modules it lacks what they have: at least so much
  it is. Where nothing but nought would be left it is hidden too.

So a hidden number follows neither from the total of its module, nor from the other modules: totals say nothing that
does not stand beside them. Months and weeks, and
months of two calendars, are tables of their own: comparing them is not prevented, nor is looking again tomorrow.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from lms.i18n import reader

WEEK = 7
STEPS_AT_ONCE = 12
"""How many of the latest steps are shown where no days are asked for."""
Step = date
"""The first day of a week or month."""
Numbers = Mapping[tuple[int, Step], int]
"""(Module, step) to a number; what is not in it is none."""


class Shown(NamedTuple):
    """What is shown of a step: a number, or None; and how many modules' hidden numbers it lacks."""

    number: int | None
    lacks: int = 0


class StepKind(StrEnum):
    """How long a step is."""

    MONTH = "month"
    WEEK = "week"


def step_of(kind: StepKind, day: date) -> Step:
    """The first day of the reader's week or month that a day lies in."""
    if kind == StepKind.WEEK:
        return day - timedelta(days=(day.weekday() - reader().week_start) % WEEK)
    parts = reader().date_parts(day)
    return day - timedelta(days=parts.day - 1)


def steps_between(kind: StepKind, first: date, last: date) -> list[Step]:
    """Every step from that of the first day to that of the last, the latest first."""
    found = [step_of(kind, last)]
    while found[-1] > first:
        found.append(step_of(kind, found[-1] - timedelta(days=1)))
    return found


@dataclass(frozen=True)
class Steps:
    """A table by module and step, with the totals of all modules."""

    #: Modules of so few that all of their steps are hidden; the totals are without them.
    left_out: frozenset[int]
    #: (Module, step) that are not shown, of other modules.
    hidden: frozenset[tuple[int, Step]]
    numbers: Numbers
    #: Of all modules.
    totals: Mapping[Step, Shown]

    def of(self, module: int, step: Step) -> Shown:
        """What is shown of a module in a step."""
        is_hidden = module in self.left_out or (module, step) in self.hidden
        return Shown(None if is_hidden else self.numbers.get((module, step), 0))

    def of_all(self, step: Step) -> Shown:
        """What is shown of all modules together."""
        return self.totals.get(step, Shown(0))


def protect_steps(numbers: Numbers, threshold: int) -> Steps:
    """What may be shown of a table of all steps that there ever were."""
    rows: dict[int, list[tuple[int, Step]]] = {}
    for key in sorted(numbers, key=lambda key: (numbers[key], key)):
        if numbers[key]:
            rows.setdefault(key[0], []).append(key)
    left_out = {module for module, row in rows.items() if sum(numbers[key] for key in row) < threshold}
    kept = {module: row for module, row in rows.items() if module not in left_out}
    gone = {key for row in kept.values() for key in _hidden(row, numbers, threshold)}
    sums: Counter[Step] = Counter()
    for row in kept.values():
        for key in row:
            sums[key[1]] += 0 if key in gone else numbers[key]
    lacking = Counter(step for _module, step in gone)
    totals = {step: Shown(number or (None if lacking[step] else 0), lacking[step]) for step, number in sums.items()}
    return Steps(frozenset(left_out), frozenset(gone), numbers, totals)


def _hidden(row: list[tuple[int, Step]], numbers: Numbers, threshold: int) -> list[tuple[int, Step]]:
    """How many of a row's numbers, the smallest first, are hidden: none, or two that are together no small group."""
    if numbers[row[0]] >= threshold:
        return []
    number = next(
        number
        for number in range(2, len(row) + 1)
        if sum(numbers[key] for key in row[:number]) >= threshold
        and all(numbers[key] >= threshold for key in row[number:])
    )
    return row[:number]
