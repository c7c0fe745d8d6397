"""The formulas of quiz statistics against the textbook, worked out over plain lists, and against published figures."""

import statistics as textbook
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.statistics import formulas
from lms.quizzes.statistics.differential import SCALE, Size, Stratum, compare, is_enough

values = st.lists(st.integers(-4, 20), min_size=5, max_size=40)
pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 20)), min_size=5, max_size=40)


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def power_sum(numbers: list[int], power: int) -> Fraction:
    """Sum of (x - mean)^power, exactly."""
    middle = Fraction(sum(numbers), len(numbers))
    return sum(((Fraction(x) - middle) ** power for x in numbers), Fraction(0))


@given(values)
def test_mean_median_and_deviation(numbers: list[int]) -> None:
    counts = Counter(map(float, numbers))
    assert formulas.mean(counts) == near(textbook.fmean(numbers))
    assert formulas.median(counts) == near(textbook.median(numbers))
    assert formulas.deviation(counts) == near(textbook.stdev(numbers))


@given(values)
def test_skewness_and_kurtosis_are_ratios_of_k_statistics(numbers: list[int]) -> None:
    """In the form of sample excess kurtosis and adjusted skewness (G1, G2), as spreadsheets have them."""
    counts, n = Counter(map(float, numbers)), len(numbers)
    if len(set(numbers)) == 1:
        assert formulas.skewness(counts) is None
        assert formulas.kurtosis(counts) is None
        return
    spread = textbook.stdev(numbers)
    cubes, fourths = float(power_sum(numbers, 3)), float(power_sum(numbers, 4))
    assert formulas.skewness(counts) == near(n / ((n - 1) * (n - 2)) * cubes / spread**3)
    excess = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourths / spread**4 - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
    assert formulas.kurtosis(counts) == near(excess)


@given(pairs)
def test_discrimination_is_the_correlation(found: list[tuple[int, int]]) -> None:
    counts = Counter((float(x), float(y)) for x, y in found)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    assert formulas.covariance(counts) == near(textbook.covariance(xs, ys))
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert formulas.discrimination(counts) is None
    else:
        assert formulas.discrimination(counts) == near(textbook.correlation(xs, ys))


@given(pairs)
def test_efficiency_is_beside_both_sorted(found: list[tuple[int, int]]) -> None:
    counts = Counter((float(x), float(y)) for x, y in found)
    xs, ys = sorted(x for x, _ in found), sorted(y for _, y in found)
    most = textbook.covariance(xs, ys)
    assert formulas.largest_covariance(counts) == near(most)
    if most > 0:
        efficiency = formulas.efficiency(counts)
        assert efficiency == near(textbook.covariance([x for x, _ in found], [y for _, y in found]) / most)
        assert efficiency is not None
        assert efficiency <= 1 + 1e-9


def test_alpha_of_a_table_worked_by_hand() -> None:
    """Four people, three questions, by the definition: 3/2 * (1 - (1/3 + 1/4 + 1/3) / (19/12))."""
    marks = [(1, 1, 1), (1, 1, 0), (0, 1, 1), (0, 0, 0)]
    items = [textbook.variance(column) for column in zip(*marks, strict=True)]
    total = textbook.variance([sum(row) for row in marks])
    assert [round(each, 6) for each in (*items, total)] == [0.333333, 0.25, 0.333333, 1.583333]
    assert formulas.alpha(items, total) == near(1.5 * (1 - (1 / 3 + 1 / 4 + 1 / 3) / (19 / 12)))


@given(st.lists(st.tuples(*[st.integers(0, 1)] * 4), min_size=3, max_size=30))
def test_alpha_of_right_and_wrong_is_kuder_and_richardsons_20(marks: list[tuple[int, ...]]) -> None:
    """For questions that are right or wrong, alpha is KR-20, which knows only how many had each question right."""
    people, count = len(marks), 4
    totals = [sum(row) for row in marks]
    spread = textbook.variance(totals)
    items = [textbook.variance(column) for column in zip(*marks, strict=True)]
    if not spread:
        assert formulas.alpha(items, spread) is None
        return
    right = [Fraction(sum(column), people) for column in zip(*marks, strict=True)]
    together = float(sum(p * (1 - p) for p in right))
    assert formulas.alpha(items, spread) == near(count / (count - 1) * (1 - together / textbook.pvariance(totals)))


def test_alpha_of_equal_questions_is_1_and_of_one_question_nothing() -> None:
    assert formulas.alpha([2.0, 2.0], 8.0) == near(1)
    assert formulas.alpha([2.0], 2.0) is None
    assert formulas.standard_error(0.2, 0.75) == near(0.1)
    assert formulas.standard_error(0.2, None) is None


def test_nothing_is_told_of_too_few() -> None:
    nothing: Counter[float] = Counter()
    assert [formulas.mean(nothing), formulas.median(nothing), formulas.deviation(nothing)] == [None] * 3
    one = Counter({0.5: 1})
    assert (formulas.mean(one), formulas.deviation(one), formulas.skewness(one)) == (0.5, None, None)
    assert formulas.discrimination(Counter({(1.0, 1.0): 1})) is None


BERKELEY = [
    # Admissions to Berkeley's six largest departments, 1973 (Bickel, Hammel and O'Connell, Science 187, 1975):
    # men admitted, men rejected, women admitted, women rejected.
    Stratum(512, 313, 89, 19),
    Stratum(353, 207, 17, 8),
    Stratum(120, 205, 202, 391),
    Stratum(138, 279, 131, 244),
    Stratum(53, 138, 94, 299),
    Stratum(22, 351, 24, 317),
]


def test_mantel_and_haenszel_as_r_has_them() -> None:
    """R's mantelhaen.test(UCBAdmissions): 1.4269 with the correction; ratio 0.9046968, 0.7719074 to 1.0603298."""
    found = compare(BERKELEY)
    assert found is not None
    assert round(found.chi_square, 4) == 1.4269
    assert found.odds_ratio == pytest.approx(0.9046968, abs=5e-8)
    assert list(found.bounds) == pytest.approx([0.7719074, 1.0603298], abs=5e-8)
    assert (found.people, found.other_people) == (2691, 1835)
    assert found.size == Size.NEGLIGIBLE


@given(st.tuples(*[st.integers(1, 60)] * 4))
def test_one_stratum_is_the_plain_odds_ratio(cells: tuple[int, int, int, int]) -> None:
    """And its error is Woolf's: the root of the sum of the reciprocals."""
    a, b, c, d = cells
    found = compare([Stratum(a, b, c, d)])
    assert found is not None
    assert found.odds_ratio == near(a * d / (b * c))
    assert found.delta == near(-2.35 * log(a * d / (b * c)))
    assert found.error == near(abs(SCALE) * sqrt(1 / a + 1 / b + 1 / c + 1 / d))


@given(st.lists(st.tuples(*[st.integers(1, 30)] * 4), min_size=2, max_size=6))
def test_swapping_the_groups_turns_the_sign(rows: list[tuple[int, int, int, int]]) -> None:
    one = compare([Stratum(*row) for row in rows])
    other = compare([Stratum(c, d, a, b) for a, b, c, d in rows])
    assert one is not None
    assert other is not None
    assert one.delta == near(-other.delta)
    assert one.error == near(other.error)
    assert one.size == other.size


def test_classes_need_both_size_and_certainty() -> None:
    def of(times: int, ratio: float) -> Size:
        right = round(times * ratio / (1 + ratio))
        found = compare([Stratum(right, times - right, times // 2, times - times // 2)])
        assert found is not None
        return found.size

    large, moderate = exp(1.8 / 2.35), exp(1.2 / 2.35)
    assert of(1000, large) == Size.LARGE
    assert of(100, large) == Size.MODERATE, "as large, but not surely above 1"
    assert of(1000, moderate) == Size.MODERATE
    assert of(50, moderate) == Size.NEGLIGIBLE
    assert of(1000, 1.1) == Size.NEGLIGIBLE


def test_what_cannot_be_compared() -> None:
    assert compare([]) is None
    assert compare([Stratum(10, 5, 0, 0), Stratum(0, 0, 4, 4)]) is None, "nobody is like anybody"
    assert compare([Stratum(10, 0, 4, 0)]) is None, "nobody had it wrong"
    found = compare([Stratum(30, 19, 30, 20)])
    assert found is not None
    assert not is_enough(found)


@given(pairs)
def test_pairing_keeps_both_sides(found: list[tuple[int, int]]) -> None:
    first, second = formulas.sides(Counter((float(x), float(y)) for x, y in found))
    matched = formulas._matched(sorted(first.items()), sorted(second.items()))
    assert formulas.sides(matched) == (first, second)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(sorted(matched)))
