"""Weeks and months of the reader's calendar, and which numbers of them are not shown.

Counts by module are known as a whole: a step is a finer cut of them. Hidden is, over all steps that there ever were,
whichever are looked at,

- each number of somebody but fewer than the threshold, and a module of fewer than that in all in every step, which is
  left out of the totals of all modules;
- for each of these as many others that, for all that is shown, it could be as large as the threshold: those of its
  module and those of its step from which so much could be moved to it, and those by which all sums would stay the same
  (the hypercube method of secondary suppression: S. Giessing and D. Repsilber, Tools and Strategies to Protect Multiple
  Tables with the GHQUAR Cell Suppression Engine, LNCS 2316, 2002; here several others may give together what one
  cannot);
- the total of a step only where it is small itself, with that of the steps from which its numbers could have come.

Months and weeks, and months of two calendars, are tables of their own: comparing them is not prevented, nor is looking
again tomorrow.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

from lms.i18n import reader

WEEK = 7
STEPS_AT_ONCE = 12
"""How many of the latest steps are shown where no days are asked for."""
Step = date
"""The first day of a week or month."""
Key = tuple[int, Step]
"""A module, or ALL, and a step."""
Numbers = Mapping[Key, int]
"""What is not in it is none."""
ALL = 0
"""Stands in place of a module for all of them."""


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
    """A table by module and step, with the totals of all modules (ALL); None is not shown."""

    #: Modules of so few that all of their steps are hidden; the totals are without them.
    left_out: frozenset[int]
    #: (Module or ALL, step) that are not shown.
    hidden: frozenset[Key]
    numbers: Numbers

    def of(self, module: int, step: Step) -> int | None:
        """What is shown of a module, or of ALL, in a step."""
        is_hidden = module in self.left_out or (module, step) in self.hidden
        return None if is_hidden else self.numbers.get((module, step), 0)

    def steps(self) -> set[Step]:
        """Those in which anything happened."""
        return {step for _module, step in self.numbers}


def protect_steps(numbers: Numbers, threshold: int) -> Steps:
    """What may be shown of a table of all steps that there ever were."""
    in_all: Counter[int] = Counter()
    for (module, _step), number in numbers.items():
        in_all[module] += number
    left_out = frozenset(module for module, number in in_all.items() if 0 < number < threshold)
    cover = _Cover({key: number for key, number in numbers.items() if number and key[0] not in left_out}, threshold)
    for number, key in sorted((number, key) for key, number in cover.numbers.items() if number < threshold):
        cover.protect(key, threshold - number)
    totals = {(ALL, step): number for step, number in cover.totals.items()}
    return Steps(left_out, frozenset(cover.hidden), {**numbers, **totals})


class _Cover:
    """What is hidden of a table so far, by keys; begins with its small numbers."""

    def __init__(self, numbers: Numbers, threshold: int) -> None:
        self.numbers = numbers
        self.totals: Counter[Step] = Counter()
        self._of_module: defaultdict[int, list[Key]] = defaultdict(list)
        self._of_step: defaultdict[Step, list[Key]] = defaultdict(list)
        for key in sorted(numbers, key=lambda key: (-numbers[key], key)):
            self.totals[key[1]] += numbers[key]
            self._of_module[key[0]].append(key)
            self._of_step[key[1]].append(key)
        self.hidden = {key for key, number in numbers.items() if number < threshold}

    def protect(self, key: Key, more: int) -> None:
        """Hide what shows that a number is not greater by so many."""
        module, step = key
        row = [each for each in self._of_module[module] if each != key]
        if self.totals[step] - self.numbers[key] < more:
            # The total is small itself: that of a step whose total is hidden already hides no further one.
            modules = [module, ALL]
            steps = [step, *(of for _m, of in self._some(row, more, lambda of: [(ALL, of[1])]))]
        else:
            steps = [step, *(of for _m, of in self._some(row, more, None))]
            column = [each for each in self._of_step[step] if each != key]
            corners = self._some(column, more, lambda of: [(of[0], other) for other in steps[1:]])
            modules = [module, *(of for of, _s in corners)]
        self.hidden.update(product(modules, steps))

    def _some(self, keys: Sequence[Key], enough: int, goes_with: Callable[[Key], list[Key]] | None) -> list[Key]:
        """Some of the keys (largest number first) that have enough together, by which the least more is hidden."""
        # Of what is hidden the largest saves others; of what is shown one is enough, and the smallest tells least.
        hidden = [key for key in keys if key in self.hidden]
        ordered = hidden + [key for key in reversed(keys) if key not in self.hidden]
        if goes_with is not None:
            ordered.sort(key=lambda key: sum(each not in self.hidden for each in [key, *goes_with(key)]))
        found = []
        for key in ordered:
            if enough <= 0:
                break
            found.append(key)
            enough -= self.numbers[key]
        return found
