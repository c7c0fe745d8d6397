"""From levels to figures: spreads, means, what is lowest. Whole numbers all through, so that equal is equal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.certification.assessments.models import HIGHEST, LOWEST

#: Below this many scores of an item its spread says what somebody gave.
FEWEST_SCORERS = 3
#: How many areas a plan is suggested for.
MOST_SUGGESTED = 3


@dataclass(frozen=True)
class Mean:
    """An average as the sum and the number of what went into it."""

    total: int = 0
    count: int = 0

    @property
    def value(self) -> float | None:
        """The average; None of nothing."""
        return self.total / self.count if self.count else None

    def at_least(self, tenths: int) -> bool:
        """Whether it reaches a number of tenths; of nothing: no."""
        return self.count > 0 and self.total * 10 >= tenths * self.count

    def __add__(self, other: "Mean") -> "Mean":
        return Mean(self.total + other.total, self.count + other.count)


def spread_of(counts: Mapping[int, int]) -> list[int]:
    """How many gave each level, the lowest first."""
    return [counts.get(level, 0) for level in range(LOWEST, HIGHEST + 1)]


def shown_spread(spread: Sequence[int]) -> Sequence[int] | None:
    """The spread, where it gives nobody away."""
    return spread if sum(spread) >= FEWEST_SCORERS else None


def means_by_area(pairs: Iterable[tuple[str, int | None]]) -> dict[str, Mean]:
    """The mean of each area's levels, from (area, level) of every item; those without a level count nothing."""
    totals: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for area, level in pairs:
        totals[area] += level or 0
        counts[area] += level is not None
    return {area: Mean(totals[area], counts[area]) for area in counts}


def overall(means: Mapping[str, Mean]) -> Mean:
    """The mean of all items: an area weighs as many as it has."""
    return sum(means.values(), Mean())


def lowest_areas(means: Mapping[str, Mean]) -> list[str]:
    """The areas to begin with: the lowest, the first of equals first, none that is at the top."""
    below = {area: mean.value for area, mean in means.items() if mean.value is not None and mean.value < HIGHEST}
    return sorted(below, key=lambda area: below[area] or 0)[:MOST_SUGGESTED]
