"""What follows from a cycle's dates and the day: whether its certificate is in force, due for renewal, expired.

One function and one SQL expression say the same. Whether a certificate is at risk follows from facts, not from dates:
`LevelStanding.at_risk`.
"""

from datetime import date
from enum import StrEnum
from typing import Protocol

from sqlalchemy import BindParameter, ColumnElement, String, and_, case, literal, or_

from lms.certification.models import Cycle, CycleState


class Clocked(Protocol):
    """A cycle, or a row with what of it its phase depends on."""

    @property
    def state(self) -> CycleState:
        """As stored."""

    @property
    def window_opens_on(self) -> date | None:
        """First day on which it can be renewed."""

    @property
    def expires_on(self) -> date | None:
        """Last valid day."""

    @property
    def grace_ends_on(self) -> date | None:
        """Last day on which a renewal continues it."""


#: The columns of Cycle that make a row a Clocked.
CLOCK = (Cycle.state, Cycle.window_opens_on, Cycle.expires_on, Cycle.grace_ends_on)


class Phase(StrEnum):
    """A cycle's state, a certified one told apart by the day."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    VALID = "valid"
    DUE = "due"
    GRACE = "grace"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


#: The organization holds the level: the certificate counts, or can still be continued.
HELD = frozenset({Phase.VALID, Phase.DUE, Phase.GRACE})


def phase_of(cycle: Clocked, day: date) -> Phase:
    """The phase on a day; the day of expiry is still valid."""
    if cycle.state != CycleState.CERTIFIED:
        return Phase(cycle.state)
    opens, expires, grace = cycle.window_opens_on, cycle.expires_on, cycle.grace_ends_on
    if opens is None or expires is None or grace is None or day < opens:
        return Phase.VALID
    if day <= expires:
        return Phase.DUE
    return Phase.GRACE if day <= grace else Phase.EXPIRED


def held_expression(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The SQL twin of `phase_of(...) in HELD`, over the columns of Cycle."""
    return and_(Cycle.state == CycleState.CERTIFIED, or_(Cycle.window_opens_on.is_(None), Cycle.grace_ends_on >= day))


def phase_expression(day: date) -> ColumnElement[str]:
    """The SQL twin of `phase_of`, over the columns of Cycle."""
    return case(
        (Cycle.state != CycleState.CERTIFIED, Cycle.state),
        (Cycle.window_opens_on.is_(None) | (Cycle.window_opens_on > day), literal(Phase.VALID.value, String)),
        (Cycle.expires_on >= day, literal(Phase.DUE.value, String)),
        (Cycle.grace_ends_on >= day, literal(Phase.GRACE.value, String)),
        else_=literal(Phase.EXPIRED.value, String),
    )


def months_later(day: date, months: int) -> date:
    """The same day of a month so many later (or earlier, where negative), or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    length = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))
