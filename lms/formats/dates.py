"""Dates, times and months."""

import datetime as dt

from lms.formats import calendars, names
from lms.formats.quantities import Quantities
from lms.formats.reader import DateParts
from lms.formats.regions import ARABIC_24_HOURS
from lms.text import ascii_digits

_ERA = {"gregorian": "{} میلادی", "jalali": "{} خورشیدی"}
_HIJRI = {"fa": "{} قمری", "ar": "{} هـ", "en": "{} AH"}
_AT = {"fa": "{}، ساعت {}", "ar": "{}، الساعة {}", "en": "{}, {}"}


class Dates(Quantities):
    """The part of a Formatter that writes and reads dates.

    Methods take a date, or a datetime that is shown as the reader's local day; naive means UTC.
    """

    def date(self, value: dt.date) -> str:
        """Return the weekday and the date («دوشنبه ۱۲ مرداد ۱۴۰۵»)."""
        day = self._day_of(value)
        return f"{names.WEEKDAYS[self.language][day.weekday()]} {self.day(day)}"

    def day(self, value: dt.date) -> str:
        """Return day, month name and year («۱۲ مرداد ۱۴۰۵»)."""
        day, month, year = self.date_parts(value)
        return self._written(f"{day} {names.of_year(self._months[month - 1], year)}")

    def short_date(self, value: dt.date) -> str:
        """Return the shortest form without doubt about its order.

        Numbers year first in the Jalali calendar («۱۴۰۵/۰۵/۱۲»); else the month by name,
        in English abbreviated (3 Aug 2026).
        """
        day, month, year = self.date_parts(value)
        if self.is_jalali:
            return self._written(f"{year}/{month:02}/{day:02}")
        if self.language != "en":
            return self.day(value)
        return self._written(f"{day} {self._months[month - 1][:3]} {year}")

    def month(self, value: dt.date) -> str:
        """Return month and year («مرداد ۱۴۰۵»)."""
        _, month, year = self.date_parts(value)
        return self._written(names.of_year(self._months[month - 1], year))

    def time(self, value: dt.datetime) -> str:
        """Return the local time: «۱۵:۰۵», «3:05 م», 15:05."""
        local = self.local(value)
        if self.language != "ar" or self.country in ARABIC_24_HOURS:
            return self._written(f"{local:%H:%M}")
        return self.digits_of(f"{local.hour % 12 or 12}:{local:%M}\N{NO-BREAK SPACE}{'ص' if local.hour < 12 else 'م'}")

    def datetime(self, value: dt.datetime) -> str:
        """Return day and time («۱۲ مرداد ۱۴۰۵، ساعت ۱۵:۰۵»)."""
        return _AT[self.language].format(self.day(value), self.time(value))

    def gregorian(self, value: dt.date) -> str:
        """Return the Gregorian date in the reader's language and digits («۳ اوت ۲۰۲۶»)."""
        day = self._day_of(value)
        months = names.gregorian_months(self.language, self.country)
        return self._written(f"{day.day} {names.of_year(months[day.month - 1], day.year)}")

    def hijri_date(self, value: dt.date) -> str:
        """Return the Hijri date by Umm al-Qura («19 صفر 1448 هـ»).

        Raises ValueError outside 1924-08-01 to 2077-11-16.
        """
        year, month, day = calendars.to_hijri(self._day_of(value))
        written = f"{day} {names.of_year(names.HIJRI[self.language][month - 1], year)}"
        return self._written(_HIJRI[self.language].format(written))

    def hijri_too(self, value: dt.date) -> str | None:
        """Return the Hijri date for a reader who wants to see it beside the other, where it is known."""
        try:
            return self.hijri_date(value) if self.hijri else None
        except ValueError:
            return None

    def other_calendar(self, value: dt.date) -> str | None:
        """Return the date as the second line of a certificate gives it, or None if there is none.

        Persian: the calendar that ``date`` does not use, with its name. Arabic and English:
        the Gregorian date where dates are Jalali, else the Hijri one where it is wanted and known.
        """
        if self.language == "fa":
            return self._other_persian(value)
        if self.is_jalali:
            return self.gregorian(value)
        return self.hijri_too(value)

    def _other_persian(self, value: dt.date) -> str:
        if self.is_jalali:
            return _ERA["gregorian"].format(self.gregorian(value))
        year, month, day = calendars.to_jalali(self._day_of(value))
        name = names.jalali_months("fa", self.country)[month - 1]
        return self.digits_of(_ERA["jalali"].format(f"{day} {names.of_year(name, year)}"))

    def _written(self, date: str) -> str:
        return self.kept_in_order(self.digits_of(date))

    def month_names(self) -> tuple[str, ...]:
        """Return the twelve months of the reader's calendar, in its order."""
        return self._months

    def date_parts(self, value: dt.date) -> DateParts:
        """Return (day, month, year) in the reader's calendar: what ``parse_date`` takes."""
        day = self._day_of(value)
        if not self.is_jalali:
            return DateParts(day.day, day.month, day.year)
        year, month, month_day = calendars.to_jalali(day)
        return DateParts(month_day, month, year)

    def parse_date(self, day: str | int, month: str | int, year: str | int) -> dt.date:
        """Return the date that three fields name in the reader's calendar, in any digits.

        Raises ValueError if it does not exist (1404/12/30) or its year cannot be meant.
        """
        parts = [_field(part) for part in (year, month, day)]
        return calendars.from_jalali(*parts) if self.is_jalali else calendars.from_gregorian(*parts)


def _field(value: str | int) -> int:
    digits = ascii_digits(str(value)).strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 4):
        raise ValueError(f"not a part of a date: {digits[:10]!r}")
    return int(digits)
