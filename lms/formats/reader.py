"""Who reads: the fields of a Formatter and what follows from them."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lms.formats import names
from lms.formats.languages import LANGUAGES
from lms.formats.regions import COMMA_DECIMAL, Week, week_of
from lms.text import isolate_ltr

_DIGIT_SYSTEMS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
_CALENDARS = ("jalali", "gregorian")
_TABLES = {
    system: str.maketrans("".join(_DIGIT_SYSTEMS.values()), digits * len(_DIGIT_SYSTEMS))
    for system, digits in _DIGIT_SYSTEMS.items()
}


class DateParts(NamedTuple):
    """A date in three fields, in the order of ``Formatter.parse_date``."""

    day: int
    month: int
    year: int


@dataclass(frozen=True)
class Reader:
    """A reader's language, country, digits, calendar and time zone; "auto" is what the language uses."""

    language: str
    country: str | None = None
    digits: str = "auto"
    calendar: str = "auto"
    hijri: bool = False
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        """Raise ValueError for a language, digits or calendar that is not known."""
        known = (
            (self.language, LANGUAGES),
            (self.digits, ("auto", *_DIGIT_SYSTEMS)),
            (self.calendar, ("auto", *_CALENDARS)),
        )
        for value, values in known:
            if value not in values:
                raise ValueError(f"{value!r} is not one of {', '.join(values)}")

    @cached_property
    def digit_system(self) -> str:
        """The digits in use: "latn", "arab" or "arabext"."""
        if self.digits != "auto":
            return self.digits
        return "arabext" if self.language == "fa" else "latn"

    @cached_property
    def is_jalali(self) -> bool:
        """Whether dates are shown and typed in the Jalali calendar."""
        return self.calendar == "jalali" or (self.calendar == "auto" and self.language == "fa")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone; raises ZoneInfoNotFoundError for a name that is not one."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def week_start(self) -> int:
        """The first day of the week as ``date.weekday()`` counts: Monday is 0, Saturday 5."""
        return self._week.start

    @cached_property
    def weekend(self) -> frozenset[int]:
        """The days of rest, counted as by ``date.weekday()``."""
        return self._week.weekend

    @cached_property
    def _week(self) -> Week:
        return week_of(self.language, self.country)

    @cached_property
    def _separators(self) -> tuple[str, str]:
        """The signs that group thousands and begin a fraction."""
        if self.digit_system != "latn":
            return "٬", "٫"
        return (".", ",") if self.language == "ar" and self.country in COMMA_DECIMAL else (",", ".")

    @cached_property
    def _months(self) -> tuple[str, ...]:
        choose = names.jalali_months if self.is_jalali else names.gregorian_months
        return choose(self.language, self.country)

    def digits_of(self, s: str) -> str:
        """Return s with all its digits, of whatever system, written as the reader writes them."""
        return s.translate(_TABLES[self.digit_system])

    def kept_in_order(self, s: str) -> str:
        """Return s so that its parts stay in their order among others of the page.

        In a line of English, digits of Arabic and Persian would else trade places with what follows them.
        """
        return isolate_ltr(s) if self.language == "en" and self.digit_system != "latn" else s

    def local(self, instant: dt.datetime) -> dt.datetime:
        """Return an instant (naive is UTC) in the reader's time zone."""
        return (instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)).astimezone(self.zone)

    def local_day(self, instant: dt.datetime) -> dt.date:
        """Return the day on which an instant falls for the reader."""
        return self.local(instant).date()

    def _day_of(self, value: dt.date) -> dt.date:
        return self.local_day(value) if isinstance(value, dt.datetime) else value
