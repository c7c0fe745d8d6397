"""Spreads and means, for whatever people gave."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lms.certification.assessments.figures import (
    FEWEST_SCORERS,
    MOST_SUGGESTED,
    Mean,
    lowest_areas,
    means_by_area,
    overall,
    shown_spread,
    spread_of,
)

levels = st.integers(1, 4)
pairs = st.lists(st.tuples(st.sampled_from("abcdefg"), st.none() | levels))


@given(st.lists(levels))
def test_a_spread_counts_everybody_once(given_levels: list[int]) -> None:
    spread = spread_of(Counter(given_levels))
    assert sum(spread) == len(given_levels)
    assert [level for level, times in enumerate(spread, 1) for _ in range(times)] == sorted(given_levels)


@given(st.lists(levels))
def test_a_spread_of_few_is_not_shown(given_levels: list[int]) -> None:
    shown = shown_spread(spread_of(Counter(given_levels)))
    assert (shown is None) == (len(given_levels) < FEWEST_SCORERS)


@given(pairs)
def test_the_mean_of_all_is_the_mean_of_every_level(given_pairs: list[tuple[str, int | None]]) -> None:
    known = [level for _area, level in given_pairs if level is not None]
    whole = overall(means_by_area(given_pairs))
    assert (whole.total, whole.count) == (sum(known), len(known))
    assert (whole.value is None) == (not known)


@given(pairs, st.randoms(use_true_random=False))
def test_means_do_not_depend_on_the_order(given_pairs: list[tuple[str, int | None]], random: object) -> None:
    mixed = list(given_pairs)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert means_by_area(mixed) == means_by_area(given_pairs)


@given(pairs)
def test_a_mean_lies_between_the_lowest_and_the_highest(given_pairs: list[tuple[str, int | None]]) -> None:
    for area, mean in means_by_area(given_pairs).items():
        of_area = [level for name, level in given_pairs if name == area and level is not None]
        assert (mean.value is None) == (not of_area)
        if mean.value is not None:
            assert min(of_area) <= mean.value <= max(of_area)


@given(st.integers(1, 400), st.integers(1, 100), st.integers(10, 40))
def test_what_is_asked_is_compared_exactly(total: int, count: int, tenths: int) -> None:
    assert Mean(total, count).at_least(tenths) == (Fraction(total, count) >= Fraction(tenths, 10))
    assert not Mean().at_least(0)


@given(pairs)
def test_the_lowest_are_no_higher_than_the_others(given_pairs: list[tuple[str, int | None]]) -> None:
    means = means_by_area(given_pairs)
    lowest = lowest_areas(means)
    assert len(lowest) <= MOST_SUGGESTED
    values = [means[area].value or 0 for area in lowest]
    assert values == sorted(values)
    others = [mean.value for area, mean in means.items() if area not in lowest and mean.value is not None]
    assert not lowest or not others or max(values) <= min(others)
    assert all(value < 4 for value in values)
