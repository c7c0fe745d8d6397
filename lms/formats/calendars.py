"""Conversions between the Gregorian, Jalali and Hijri (Umm al-Qura) calendars."""

import datetime as dt
from functools import lru_cache

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

# The span over which the Jalali conversion was compared with ICU; outside it a typed
# year is a slip: 1405 in a Gregorian field, 2026 or 99 in a Jalali one.
FIRST_YEAR, LAST_YEAR = 1850, 2199


@lru_cache(maxsize=4096)
def to_jalali(day: dt.date) -> tuple[int, int, int]:
    """Return (year, month, day) of a date in the Jalali calendar."""
    jalali = JalaliDate.to_jalali(day)  # type: ignore[no-untyped-call]  # half of persiantools is untyped
    return jalali.year, jalali.month, jalali.day


@lru_cache(maxsize=1024)
def to_hijri(day: dt.date) -> tuple[int, int, int]:
    """Return (year, month, day) by Umm al-Qura. Raises ValueError outside 1924-08-01 to 2077-11-16."""
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError as error:
        raise ValueError(f"no Hijri date is known for {day}") from error
    return hijri.year, hijri.month, hijri.day


def from_jalali(year: int, month: int, day: int) -> dt.date:
    """Return the date of a Jalali day. Raises ValueError if there is no such day."""
    jalali = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]
    return _plausible(jalali.to_gregorian())


def from_hijri(year: int, month: int, day: int) -> dt.date:
    """Return the date of a Hijri day by Umm al-Qura. Raises ValueError if there is no such day, or none is known."""
    try:
        return Hijri(year, month, day).to_gregorian()
    except OverflowError as error:
        raise ValueError(f"no date is known for Hijri {year}-{month}-{day}") from error


def from_gregorian(year: int, month: int, day: int) -> dt.date:
    """Return the date of a Gregorian day. Raises ValueError if there is no such day."""
    return _plausible(dt.date(year, month, day))


def _plausible(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"year out of range: {day}")
    return day
