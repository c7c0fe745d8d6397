"""The local days of very many instants: worked out once for each day of UTC."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lms.i18n import reader

DAY, MINUTES = slice(0, 10), slice(11, 16)


class LocalDay(NamedTuple):
    """A day, and the same as the reader's Jalali calendar writes it; None where the reader uses another."""

    day: date
    jalali: str | None


NO_DAYS = (None, None)
"""Stands in place of a local day where there is none."""


class _Parts(NamedTuple):
    """The two local days in a day of UTC, and the time at which the second begins; no time: the clocks change."""

    before: LocalDay
    after: LocalDay
    begins: str | None


class _Known(dict[str, _Parts]):
    """What was worked out already."""

    def __init__(self, make: Callable[[str], _Parts]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, day: str) -> _Parts:
        self[day] = made = self._make(day)
        return made


class LocalDays:
    """Days in a time zone of instants as a database's driver gives them: of UTC, a text or a naive datetime."""

    def __init__(self, time_zone: str) -> None:
        self._zone = ZoneInfo(time_zone)
        self._known = _Known(self._parts)

    def of(self, instant: str | datetime) -> LocalDay:
        """The day on which an instant falls."""
        text = instant if instant.__class__ is str else str(instant)
        before, after, begins = self._known[text[DAY]]
        if begins is None:
            return _written(self._local(text).date())
        return before if text[MINUTES] < begins else after

    def _parts(self, day: str) -> _Parts:
        first, end = self._local(day), self._local(f"{day} 23:59:59")
        offset = first.utcoffset() or timedelta()
        begins = None
        if offset == end.utcoffset():
            minutes = -offset // timedelta(minutes=1) % (24 * 60)
            begins = f"{minutes // 60:02}:{minutes % 60:02}"
        return _Parts(_written(first.date()), _written(end.date()), begins)

    def _local(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(self._zone)


def _written(day: date) -> LocalDay:
    return LocalDay(day, reader().short_date(day) if reader().is_jalali else None)
