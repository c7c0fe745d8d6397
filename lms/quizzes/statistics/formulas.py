"""Classical test theory over counted values: pure functions, each with its source.

Values come as {value: how often}, pairs as {(x, y): how often}; what cannot be told from them is None.

Sources: T. Hunt and others, "Quiz statistics calculations", docs.moodle.org/dev/Quiz_statistics_calculations;
L. Crocker and J. Algina, "Introduction to Classical and Modern Test Theory" (1986); L. J. Cronbach, "Coefficient
alpha and the internal structure of tests", Psychometrika 16 (1951), 297-334; R. A. Fisher, "Moments and product
moments of sampling distributions", Proc. London Math. Soc. 30 (1930), 199-238.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

Counts = Mapping[float, int]
Pairs = Mapping[tuple[float, float], int]


def size(counts: Mapping[Any, int]) -> int:
    """How many there are."""
    return sum(counts.values())


def mean(counts: Counts) -> float | None:
    """The arithmetic mean."""
    n = size(counts)
    return sum(value * times for value, times in counts.items()) / n if n else None


def median(counts: Counts) -> float | None:
    """The middle value; of an even number the mean of the two in the middle."""
    n = size(counts)
    if not n:
        return None
    return (_at(counts, (n - 1) // 2) + _at(counts, n // 2)) / 2


def _at(counts: Counts, place: int) -> float:
    """The value at a place of the ordered values, from 0 on."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return value
    raise IndexError(place)


def _moment(counts: Counts, power: int) -> float:
    """The central moment m_r = sum((x - mean)^r) / n."""
    middle = mean(counts) or 0.0
    return float(sum(times * (value - middle) ** power for value, times in counts.items()) / size(counts))


def variance(counts: Counts) -> float | None:
    """The unbiased variance, divided by n - 1 (Fisher's k2)."""
    n = size(counts)
    return _moment(counts, 2) * n / (n - 1) if n > 1 else None


def deviation(counts: Counts) -> float | None:
    """The standard deviation: the root of `variance`."""
    found = variance(counts)
    return sqrt(found) if found is not None else None


def skewness(counts: Counts) -> float | None:
    """k3 / k2^(3/2), with Fisher's k-statistics, as Moodle gives it: below 0 where the tail is of low marks."""
    n, k2 = size(counts), variance(counts)
    if n < 3 or not k2:
        return None
    k3 = n**2 / ((n - 1) * (n - 2)) * _moment(counts, 3)
    return float(k3 / k2**1.5)


def kurtosis(counts: Counts) -> float | None:
    """k4 / k2^2, with Fisher's k-statistics, as Moodle gives it: 0 for the normal distribution."""
    n, k2 = size(counts), variance(counts)
    if n < 4 or not k2:
        return None
    m2, m4 = _moment(counts, 2), _moment(counts, 4)
    k4 = n**2 / ((n - 1) * (n - 2) * (n - 3)) * ((n + 1) * m4 - 3 * (n - 1) * m2**2)
    return float(k4 / k2**2)


def covariance(pairs: Pairs) -> float | None:
    """The unbiased covariance, divided by n - 1."""
    n = size(pairs)
    if n < 2:
        return None
    mean_x = sum(x * times for (x, _y), times in pairs.items()) / n
    mean_y = sum(y * times for (_x, y), times in pairs.items()) / n
    return sum(times * (x - mean_x) * (y - mean_y) for (x, y), times in pairs.items()) / (n - 1)


def sides(pairs: Pairs) -> tuple[Counter[float], Counter[float]]:
    """The values of x and those of y, each counted alone."""
    first: Counter[float] = Counter()
    second: Counter[float] = Counter()
    for (x, y), times in pairs.items():
        first[x] += times
        second[y] += times
    return first, second


def discrimination(pairs: Pairs) -> float | None:
    """The discrimination index: Pearson's correlation of the mark for a question (x) with that for the rest of the
    quiz (y), from -1 to 1 (Moodle's "discrimination index"; Crocker and Algina, chapter 14, item-rest correlation).
    """
    together, (first, second) = covariance(pairs), sides(pairs)
    spread = (variance(first) or 0.0) * (variance(second) or 0.0)
    return together / sqrt(spread) if together is not None and spread > 0 else None


def largest_covariance(pairs: Pairs) -> float | None:
    """The covariance that there would be if the best for the question were the best for the rest: both sorted."""
    first, second = sides(pairs)
    return covariance(_matched(sorted(first.items()), sorted(second.items())))


def _matched(first: list[tuple[float, int]], second: list[tuple[float, int]]) -> Counter[tuple[float, float]]:
    """The values of two lists of equal size paired in their order."""
    found: Counter[tuple[float, float]] = Counter()
    rest = list(reversed(second))
    for x, times in first:
        left = times
        while left:
            y, there = rest.pop()
            taken = min(left, there)
            found[x, y] += taken
            left -= taken
            if there > taken:
                rest.append((y, there - taken))
    return found


def efficiency(pairs: Pairs) -> float | None:
    """Discrimination efficiency: the covariance as a share of the largest that these marks allow, at most 1
    (Moodle's "discriminative efficiency": C(x, X) / Cmax(x, X)).
    """
    together, most = covariance(pairs), largest_covariance(pairs)
    return together / most if together is not None and most is not None and most > 0 else None


def alpha(items: Iterable[float], total: float | None) -> float | None:
    """Cronbach's alpha from the variances of the questions' marks and of the whole mark:
    P / (P - 1) * (1 - sum(V(x)) / V(T)) (Cronbach 1951, formula 2; Moodle's "coefficient of internal consistency").
    """
    variances = list(items)
    count = len(variances)
    if count < 2 or not total:
        return None
    return count / (count - 1) * (1 - sum(variances) / total)


def standard_error(spread: float | None, consistency: float | None) -> float | None:
    """The standard error of measurement of a mark: SD * sqrt(1 - alpha) (Crocker and Algina, chapter 6)."""
    if spread is None or consistency is None:
        return None
    return spread * sqrt(max(0.0, 1 - consistency))
