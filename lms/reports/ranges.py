"""Ranges of days that a reader chooses by one click, in her calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lms.formats.calendars import from_hijri, to_hijri
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.reports.steps import STEPS_AT_ONCE

RAMADAN = 9


@dataclass(frozen=True)
class Range:
    """Days from one on, up to another (included) where there is one."""

    name: str
    since: date
    until: date | None = None


def ranges(today: date) -> list[Range]:
    """This month and year, the month before; for readers of the Hijri calendar since Ramadan began."""
    return list(_ranges(today))


def _ranges(today: date) -> Iterator[Range]:
    first = month_start(today)
    yield Range(_("This month"), first)
    yield Range(_("Last month"), month_start(first - timedelta(days=1)), first - timedelta(days=1))
    yield Range(_("This year"), reader().parse_date(1, 1, reader().date_parts(today).year))
    ramadan = last_ramadan(today) if reader().hijri else None
    if ramadan is not None:
        yield Range(_("Since the beginning of Ramadan"), ramadan)


def month_start(day: date) -> date:
    """The first day of the month in which a day lies, in the reader's calendar."""
    parts = reader().date_parts(day)
    return reader().parse_date(1, parts.month, parts.year)


def months_until(today: date, number: int = STEPS_AT_ONCE) -> list[date]:
    """The first days of the last months of the reader's calendar, the newest last."""
    found = [month_start(today)]
    while len(found) < number:
        found.insert(0, month_start(found[0] - timedelta(days=1)))
    return found


def last_ramadan(today: date) -> date | None:
    """The first day of the Ramadan that began last, by Umm al-Qura; None where that calendar is not known."""
    try:
        year, month, _day = to_hijri(today)
        return from_hijri(year if month >= RAMADAN else year - 1, RAMADAN, 1)
    except ValueError:
        return None
