"""The terms on which one person may take one quiz: its own rules, her cohorts' days, and what she was allowed more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lms.quizzes.models import QuizVersion
from lms.quizzes.policies import Feedback
from lms.quizzes.published import PublishedQuiz

AnyQuiz = QuizVersion | PublishedQuiz


class Days(NamedTuple):
    """First and last day that a cohort has for a module; None: the quiz's own."""

    opens_on: date | None
    closes_on: date | None


class Allowance(NamedTuple):
    """What a person, or a cohort of hers, was allowed more."""

    extra_minutes: int = 0
    extra_attempts: int = 0
    closes_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """What holds for her."""

    #: 0: without limit.
    max_attempts: int
    time_limit: timedelta | None
    late: timedelta
    delay: timedelta
    #: The first moment in which it is open, and in which it is not any more.
    opens_at: datetime | None
    closes_at: datetime | None
    feedback: Feedback
    show_key: str

    def deadline(self, started_at: datetime) -> datetime | None:
        """When an attempt begun then must be submitted; None where nothing limits it."""
        ends = [started_at + self.time_limit if self.time_limit else None, self.closes_at]
        return min((end for end in ends if end is not None), default=None)

    def is_closed(self, now: datetime) -> bool:
        """Whether the last day is over."""
        return self.closes_at is not None and now >= self.closes_at

    def waits_until(self, attempts: Sequence[Any], now: datetime) -> datetime | None:
        """When an attempt may be started that may not be yet; None where nothing is to be waited for."""
        ends = [attempt.submitted_at + self.delay for attempt in attempts if attempt.submitted_at and self.delay]
        first = max([*ends, *([self.opens_at] if self.opens_at else [])], default=now)
        return first if first > now else None

    def tells(self, now: datetime) -> bool:
        """Whether she may be told now what her submitted answers are worth."""
        return self.feedback != Feedback.AFTER_CLOSING or self.is_closed(now)


def terms_of(quiz: AnyQuiz, zone: str, cohorts: Sequence[Days], allowances: Sequence[Allowance]) -> Terms:
    """Of several cohorts the widest days hold; allowances add up, and the latest last day of theirs holds."""
    days = [Days(c.opens_on or quiz.opens_on, c.closes_on or quiz.closes_on) for c in cohorts]
    opens_on, closes_on = _widest(days) if days else (quiz.opens_on, quiz.closes_on)
    if closes_on is not None:
        closes_on = max([closes_on, *(a.closes_on for a in allowances if a.closes_on)])
    minutes = sum(allowance.extra_minutes for allowance in allowances)
    # What is asked before the lessons is asked once, whatever was allowed for the module's quizzes.
    attempts = 0 if quiz.before else sum(allowance.extra_attempts for allowance in allowances)
    return Terms(
        max_attempts=quiz.max_attempts + attempts if quiz.max_attempts else 0,
        time_limit=timedelta(minutes=quiz.time_limit + minutes) if quiz.time_limit else None,
        late=timedelta(minutes=quiz.late),
        delay=timedelta(minutes=quiz.delay),
        opens_at=_beginning(opens_on, zone) if opens_on else None,
        closes_at=_beginning(closes_on + timedelta(days=1), zone) if closes_on else None,
        feedback=Feedback(quiz.feedback),
        show_key=quiz.show_key,
    )


def _widest(days: Sequence[Days]) -> Days:
    opens = [each.opens_on for each in days]
    closes = [each.closes_on for each in days]
    first = min((day for day in opens if day), default=None) if all(opens) else None
    last = max((day for day in closes if day), default=None) if all(closes) else None
    return Days(first, last)


def _beginning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
