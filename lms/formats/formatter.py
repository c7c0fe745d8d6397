"""The Formatter: quantities and dates, and on top of them durations and relative times."""

import datetime as dt
from dataclasses import dataclass

from lms.formats.dates import Dates
from lms.formats.units import counted

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MOST_DAYS = 30

_PAST = {"fa": "{} پیش", "ar": "قبل {}", "en": "{} ago"}
_FUTURE = {"fa": "{} دیگر", "ar": "بعد {}", "en": "in {}"}
_NOW = {"fa": "همین حالا", "ar": "الآن", "en": "just now"}
_NEAR_DAYS = {
    "fa": {-1: "دیروز", 0: "امروز", 1: "فردا"},
    "ar": {-1: "أمس", 0: "اليوم", 1: "غدًا"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_ABOUT = {"fa": "حدود {}", "ar": "نحو {}", "en": "about {}"}
_NO_MINUTE = {"fa": "کمتر از یک دقیقه", "ar": "أقل من دقيقة", "en": "less than a minute"}
_LEFT = {"fa": "{} مانده", "en": "{} left"}
_TIME_IS_UP = {"fa": "وقت تمام شد", "ar": "انتهى الوقت", "en": "time is up"}
_AND = {"fa": " و ", "ar": " و", "en": " "}
_SECONDS = {"day": _DAY, "hour": _HOUR, "minute": _MINUTE, "second": 1}
# A unit, from the greatest down, and the one that is named after it.
_DURATIONS = (("day", "hour"), ("hour", "minute"), ("minute", None), ("second", None))


@dataclass(frozen=True)
class Formatter(Dates):
    """Writes numbers, dates, durations and lists for one reader; immutable and cheap to make.

    Strings it returns are plain text; where order would suffer from the text around them
    they carry the marks that prevent it.
    """

    def relative(self, value: dt.date, now: dt.datetime) -> str:
        """Return how long ago or ahead of now a date or an instant is («۳ روز پیش»).

        Within a day in hours or minutes, then by the reader's days; beyond 30 days the date itself.
        """
        days = (self._day_of(value) - self.local_day(now)).days
        if isinstance(value, dt.datetime):
            seconds = int((self.local(value) - self.local(now)).total_seconds())
            if abs(seconds) < _DAY:
                return self._hours_away(seconds)
        if abs(days) > _MOST_DAYS:
            return self.day(value)
        return _NEAR_DAYS[self.language].get(days) or self._away(days, "day")

    def minutes(self, n: int) -> str:
        """Return an estimate («حدود ۸ دقیقه»); from an hour on in hours and minutes."""
        if n < 1:
            return _NO_MINUTE[self.language]
        return _ABOUT[self.language].format(self._duration(n * _MINUTE, nominative=False))

    def span(self, n: int) -> str:
        """Return a length of time («۲ ساعت و ۱۵ دقیقه»); a day and longer in whole hours."""
        return self._duration(n * _MINUTE, nominative=False) if n >= 1 else _NO_MINUTE[self.language]

    def duration(self, seconds: float) -> str:
        """Return a measured length of time («۴۵ ثانیه»); from two minutes on in whole minutes."""
        n = round(seconds)
        whole = n if n < 2 * _MINUTE else round(n / _MINUTE) * _MINUTE
        return self._duration(max(whole, 1), nominative=False)

    def remaining(self, seconds: int) -> str:
        """Return the time that is left in words («۵ دقیقه مانده»), never more than there is."""
        if seconds <= 0:
            return _TIME_IS_UP[self.language]
        duration = self._duration(seconds, nominative=True)
        if self.language == "ar":
            # The verb agrees with its unit: only days are masculine.
            return f"{'بقي' if seconds >= _DAY else 'بقيت'} {duration}"
        return _LEFT[self.language].format(duration)

    def _duration(self, seconds: int, *, nominative: bool) -> str:
        """Return the greatest unit of a duration; of days and hours also the next one."""
        unit, smaller = next(pair for pair in _DURATIONS if seconds >= _SECONDS[pair[0]])
        n, rest = divmod(seconds, _SECONDS[unit])
        parts = [counted(self.language, n, unit, nominative=nominative)]
        if smaller and (m := rest // _SECONDS[smaller]):
            parts.append(counted(self.language, m, smaller, nominative=nominative))
        return self.digits_of(_AND[self.language].join(parts))

    def _hours_away(self, seconds: int) -> str:
        if abs(seconds) < _MINUTE:
            return _NOW[self.language]
        unit, size = ("minute", _MINUTE) if abs(seconds) < _HOUR else ("hour", _HOUR)
        return self._away(int(seconds / size), unit)

    def _away(self, n: int, unit: str) -> str:
        pattern = _PAST if n < 0 else _FUTURE
        written = counted(self.language, abs(n), unit)
        if self.language == "fa" and n > 0 and unit == "minute":
            written += "ٔ"
        return self.digits_of(pattern[self.language].format(written))
