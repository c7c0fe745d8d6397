"""How long an award is valid: the four dates that follow from a level's rule and the day of the award.

The three ways of counting, and what each does to the dates of later certificates, are those of the certification of
Totara Learn ("use certification completion date", "use certification expiry date", "use fixed expiry date" with a
minimum active period); there too the end as awarded is kept beside the end as extended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lms.certification.models import Cycle, Expiry, FixedCalendar, LevelRule
from lms.certification.phases import months_later
from lms.formats.calendars import from_jalali, to_jalali

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Validity:
    """The days of an award: of the calendar of its network, each one included."""

    window_opens_on: date
    due_on: date
    grace_ends_on: date


def validity(rule: LevelRule, awarded_on: date, renewed: Cycle | None) -> Validity | None:
    """The dates of an award under a rule; None where it is without end.

    `renewed` is the certified cycle that this one follows, where there is one that has not passed its days of grace.
    """
    if rule.months_valid is None:
        return None
    due = _due(rule, rule.months_valid, awarded_on, renewed.due_on if renewed else None)
    opens = max(awarded_on, due - timedelta(days=rule.window_days))
    return Validity(opens, due, due + timedelta(days=rule.grace_days))


def _due(rule: LevelRule, months: int, awarded_on: date, before: date | None) -> date:
    least = _through(awarded_on, months)
    if rule.expiry == Expiry.FIXED:
        # A certificate that is renewed ends later than it did, however few months are asked for.
        earliest = least if before is None else max(least, before + ONE_DAY)
        return next(day for day in _fixed_days(rule, earliest) if day >= earliest)
    if rule.expiry == Expiry.PREVIOUS and before is not None:
        continued = _through(before + ONE_DAY, months)
        # One that was extended for longer than it is valid has nothing to continue.
        return continued if continued > awarded_on else least
    return least


def _through(first: date, months: int) -> date:
    """The last of so many whole months from a day on: to the end of a month that has no such day."""
    return max(months_later(first, months) - ONE_DAY, months_later(first - ONE_DAY, months))


def _fixed_days(rule: LevelRule, around: date) -> Iterator[date]:
    """The fixed day of the year before a day, of its year, and so on."""
    assert rule.fixed_month is not None
    assert rule.fixed_day is not None
    jalali = rule.fixed_calendar == FixedCalendar.JALALI
    year = (to_jalali(around)[0] if jalali else around.year) - 1
    while True:
        yield fixed_day(year, rule.fixed_month, rule.fixed_day, jalali=jalali)
        year += 1


def fixed_day(year: int, month: int, day: int, *, jalali: bool) -> date:
    """A day of a year in one of the calendars; where the month is shorter in that year, its last day."""
    for each in range(day, 0, -1):
        try:
            return from_jalali(year, month, each) if jalali else date(year, month, each)
        except ValueError:
            continue
    raise ValueError(f"there is no month {month}")
