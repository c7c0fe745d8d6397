"""The dates of a certificate that are told of, and on which days each is to be told."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from lms.certification.models import Cycle

SOON, NOW = timedelta(days=30), timedelta(days=7)
ONE_DAY = timedelta(days=1)


class Mark(StrEnum):
    """A date that comes."""

    WINDOW = "window"
    """It can be renewed from today on."""
    DUE_30 = "due_30"
    """It ends in 30 days."""
    DUE_7 = "due_7"
    """It ends in seven days."""
    EXPIRED = "expired"
    """It has ended; its days of grace run."""
    LAPSED = "lapsed"
    """Its days of grace have passed."""


@dataclass(frozen=True)
class Told:
    """When a mark is told: while the date in `column` is from `since` to `until`, as seen from a day, and the date in
    `before` has not passed."""

    mark: Mark
    column: InstrumentedAttribute[date | None]
    since: date | None
    until: date
    before: InstrumentedAttribute[date | None] | None = None

    def is_due(self) -> ColumnElement[bool]:
        """For the cycles of a query. Who was not told in time (the worker stood still) is told no more what a later
        mark says better."""
        due = self.column <= self.until
        if self.before is not None:
            due &= self.before >= self.until
        return due if self.since is None else due & (self.column >= self.since)


def told_on(day: date) -> tuple[Told, ...]:
    """What is to be told on a day, unless it was told before."""
    return (
        Told(Mark.WINDOW, Cycle.window_opens_on, None, day, before=Cycle.expires_on),
        Told(Mark.DUE_30, Cycle.expires_on, day + NOW + ONE_DAY, day + SOON),
        Told(Mark.DUE_7, Cycle.expires_on, day, day + NOW),
        Told(Mark.EXPIRED, Cycle.expires_on, None, day - ONE_DAY),
        Told(Mark.LAPSED, Cycle.grace_ends_on, None, day - ONE_DAY),
    )
