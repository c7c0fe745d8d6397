"""Shares and the days within which they came: which are shown, and what cannot be told from them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations_with_replacement
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.reports.quantiles import HALF, SHARES, quantiles, share_within

PEOPLE = st.lists(st.integers(0, 500), min_size=1, max_size=120)


@given(PEOPLE, st.integers(1, 5))
def test_what_is_shown_is_so(days: list[int], threshold: int) -> None:
    found = quantiles(Counter(days), threshold)
    if HALF in found:
        assert found[HALF] == median_low(days)
    for share, within in found.items():
        reached = sum(day <= within for day in days)
        assert reached * 100 >= share * len(days)
        assert sum(day < within for day in days) * 100 < share * len(days)
        assert min(reached, len(days)) >= threshold


@given(PEOPLE, st.integers(0, 400))
def test_a_share_within_some_days_is_never_too_great(days: list[int], limit: int) -> None:
    known = share_within(limit, quantiles(Counter(days), 1))
    assert known <= sum(day <= limit for day in days) / len(days)


@pytest.mark.parametrize(
    ("people", "shown"), [(0, 0), (9, 0), (10, 1), (19, 1), (20, 3), (49, 3), (50, 4), (100, 19), (500, 99)]
)
def test_the_more_people_the_more_is_shown(people: int, shown: int) -> None:
    assert len(quantiles({12: people}, 5)) == shown
    assert set(quantiles({12: 500}, 5)) >= set(SHARES)


def test_a_threshold_of_one_hides_nothing() -> None:
    assert quantiles({7: 1}, 1)[HALF] == 7
    assert quantiles({}, 1) == {}


def groups_of(days: int) -> Iterator[tuple[int, int]]:
    """Every span of days, but the whole one."""
    for first in range(days):
        for last in range(first, days):
            if (first, last) != (0, days - 1):
                yield first, last


@pytest.mark.parametrize(("threshold", "people"), [(2, 4), (2, 6), (3, 6), (3, 9), (3, 12), (2, 20)])
def test_no_small_group_can_be_told(threshold: int, people: int) -> None:
    """All that people can have taken, sorted by what is shown: of no span of days it follows that somebody took so
    many, and that these, or all others, are fewer than the threshold."""
    days = 4
    sizes: dict[str, dict[tuple[int, int], set[int]]] = defaultdict(lambda: defaultdict(set))
    for taken in combinations_with_replacement(range(days), people):
        shown = repr(quantiles(Counter(taken), threshold))
        for first, last in groups_of(days):
            sizes[shown][first, last].add(sum(first <= day <= last for day in taken))
    for groups in sizes.values():
        for possible in groups.values():
            assert not all(0 < size < threshold for size in possible)
            assert not all(0 < people - size < threshold for size in possible)
