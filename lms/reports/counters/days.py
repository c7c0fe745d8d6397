"""Sets of days, as intervals [first, next after last): when somebody belonged somewhere."""

from collections.abc import Iterable
from datetime import date

Days = tuple[tuple[date, date], ...]
"""Intervals in order, apart from each other, none empty; an open one ends at FOREVER."""

FOREVER = date.max
NEVER: Days = ()


def interval(first: date, until: date | None) -> Days:
    """The days from `first` to before `until` (None: until further notice)."""
    end = until or FOREVER
    return ((first, end),) if first < end else NEVER


def union(sets: Iterable[Days]) -> Days:
    """The days of any of the sets."""
    merged: list[tuple[date, date]] = []
    for first, end in sorted(each for days in sets for each in days):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((first, end))
    return tuple(merged)


def common(one: Days, other: Days) -> Days:
    """The days of both sets."""
    both = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((first, end) for first, end in both if first < end)


def before(days: Days, day: date) -> Days:
    """Those that are earlier than `day`."""
    return common(days, ((date.min, day),))


def holds(days: Days, day: date) -> bool:
    """Whether `day` is among them."""
    return any(first <= day < end for first, end in days)
