"""The coming months of the reader's calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from lms.certification.queries.dates import ComingDate
from lms.i18n import reader

MONTHS = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """A month of the reader's calendar, from today where it is the present one, and how many dates fall in it."""

    first: date
    last: date
    count: int

    @property
    def name(self) -> str:
        """Its name and year."""
        return reader().month(self.last)


def by_month(dates: Sequence[ComingDate]) -> list[tuple[str, list[ComingDate]]]:
    """Dates in their order, under the names of the reader's months."""
    return [(name, list(group)) for name, group in groupby(dates, key=lambda each: reader().month(each.day))]


def coming_span(day: date) -> tuple[date, date]:
    """The first and the last of the days that twelve months from today have."""
    spans = _spans(day)
    return spans[0][0], spans[-1][1]


def coming_months(day: date, counts: Mapping[date, int]) -> list[Month]:
    """Twelve months from today on, with what falls in each."""
    return [
        Month(first, last, sum(count for each, count in counts.items() if first <= each <= last))
        for first, last in _spans(day)
    ]


def _spans(day: date) -> list[tuple[date, date]]:
    parts = reader().date_parts(day)
    starts = [
        reader().parse_date(1, (parts.month - 1 + ahead) % 12 + 1, parts.year + (parts.month - 1 + ahead) // 12)
        for ahead in range(MONTHS + 1)
    ]
    return [(max(start, day), after - ONE_DAY) for start, after in pairwise(starts)]
