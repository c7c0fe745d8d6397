"""What follows from a quiz's rules and a person's attempts at it. Pure functions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from lms.quizzes.models import Attempt, AttemptState
from lms.quizzes.terms import Terms

AnyAttempt = Attempt | Any
"""An attempt, or its row as `lms.quizzes.queries.tried` gives it."""
ROUNDING = 1e-9
"""Shares are sums of fractions: what is this near to the pass mark has reached it."""


def open_attempt(attempts: Sequence[AnyAttempt]) -> Any:
    """The attempt that is under way."""
    return next((attempt for attempt in attempts if attempt.state == AttemptState.OPEN), None)


def is_waiting(attempts: Sequence[AnyAttempt]) -> bool:
    """Whether an attempt was submitted and waits for a grader."""
    return any(attempt.state == AttemptState.SUBMITTED for attempt in attempts)


def grading_due(attempt: Attempt) -> datetime | None:
    """By when what waits for a grader is graded; None where nothing does."""
    if attempt.state != AttemptState.SUBMITTED or attempt.submitted_at is None:
        return None
    return attempt.submitted_at + timedelta(days=attempt.quiz.grading_days)


def has_passed(attempts: Sequence[AnyAttempt]) -> bool:
    """Whether any attempt was good enough."""
    return any(attempt.passed for attempt in attempts)


def attempts_left(terms: Terms, attempts: Sequence[AnyAttempt]) -> int | None:
    """How many attempts may still be started; None where there is no limit."""
    return max(0, terms.max_attempts - len(attempts)) if terms.max_attempts else None


def may_start(terms: Terms, attempts: Sequence[AnyAttempt]) -> bool:
    """Whether a further attempt may be started: some are left, none has passed, and none waits for a grader."""
    return attempts_left(terms, attempts) != 0 and not has_passed(attempts) and not is_waiting(attempts)


def key_is_shown(terms: Terms, attempts: Sequence[AnyAttempt], now: datetime) -> bool:
    """Whether the right answers are shown with a graded attempt: never before they could serve a further one."""
    if not terms.tells(now):
        return False
    if terms.show_key == "after_each":
        return True
    settled = open_attempt(attempts) is None and not is_waiting(attempts)
    no_more = terms.is_closed(now) or not may_start(terms, attempts)
    return terms.show_key == "after_last_attempt" and settled and no_more


def fraction_of(mark: float | None, max_mark: float) -> float:
    """The share of the mark that a graded attempt got."""
    return (mark or 0) / max_mark if max_mark else 0.0


def reaches(mark: float, max_mark: float, pass_mark: int) -> bool:
    """Whether a mark is enough."""
    return mark * 100 + ROUNDING >= pass_mark * max_mark
