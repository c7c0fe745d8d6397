"""Within how many days shares of the people came to something, and which of these are not shown.

A share is named by its person: within so many days came at least that many people, and within one day fewer, fewer. So
where no two shares that are shown, nor nobody nor everybody, are nearer to each other than the network's threshold,
every group of days that can be told from what is shown holds nobody, or may hold as many as the threshold.
"""

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate, pairwise

QUARTER, HALF, THREE_QUARTERS, NINE_TENTHS = SHARES = (25, 50, 75, 90)
"""In percent."""
Ladders = tuple[tuple[int, ...], ...]
"""Shares that are shown together, the finest first."""
_HALF: Ladders = ((HALF,),)
_LADDERS: Ladders = (tuple(range(1, 100)), tuple(range(5, 100, 5)), SHARES, SHARES[:3], *_HALF)


def quantiles(people: Mapping[int, int], threshold: int, ladders: Ladders = _LADDERS) -> dict[int, int]:
    """Share to the days within which it came, as many of the shares as the threshold lets be shown.

    `people`: days to how many took so many. A threshold of one hides nothing.
    """
    days = sorted(people)
    reached = list(accumulate(people[day] for day in days))
    if not days:
        return {}
    whole, apart = reached[-1], threshold if threshold > 1 else 0
    for shares in ladders:
        ranks = [_rank(share, whole) for share in shares]
        if all(later - earlier >= apart for earlier, later in pairwise([0, *ranks, whole])):
            return {share: days[bisect_left(reached, rank)] for share, rank in zip(shares, ranks, strict=True)}
    return {}


def half_within(people: Mapping[int, int], threshold: int) -> int | None:
    """The days within which half came, where the threshold lets that be shown."""
    return quantiles(people, threshold, _HALF).get(HALF)


def share_within(days: int, found: Mapping[int, int]) -> float:
    """The greatest share known to have come within so many days, 0 to 1."""
    return max((share for share, after in found.items() if after <= days), default=0) / 100


def _rank(share: int, whole: int) -> int:
    """The number of the person with whom the share is reached."""
    return -(-share * whole // 100)
