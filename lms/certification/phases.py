"""What follows from a cycle's dates and the day: whether its certificate is in force, due for renewal, expired.

One function and one SQL expression say the same. Whether a certificate is at risk follows from facts, not from dates:
`LevelStanding.at_risk`.
"""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, String, case, literal

from lms.certification.models import Cycle, CycleState

#: Days before its end in which a certificate is due for renewal, and days after it in which renewal still continues it.
DUE = timedelta(days=90)
GRACE = timedelta(days=60)


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


def phase_of(state: CycleState, expires_on: date | None, day: date) -> Phase:
    """The phase on a day; the day of expiry is still valid."""
    if state != CycleState.CERTIFIED:
        return Phase(state)
    if expires_on is None or expires_on >= day + DUE:
        return Phase.VALID
    if expires_on >= day:
        return Phase.DUE
    return Phase.GRACE if expires_on >= day - GRACE else Phase.EXPIRED


def phase_expression(day: date) -> ColumnElement[str]:
    """The SQL twin of `phase_of`, over the columns of Cycle."""
    return case(
        (Cycle.state != CycleState.CERTIFIED, Cycle.state),
        (Cycle.expires_on.is_(None) | (Cycle.expires_on >= day + DUE), literal(Phase.VALID.value, String)),
        (Cycle.expires_on >= day, literal(Phase.DUE.value, String)),
        (Cycle.expires_on >= day - GRACE, literal(Phase.GRACE.value, String)),
        else_=literal(Phase.EXPIRED.value, String),
    )


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    length = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))
