"""Whether a question is as hard in one language as in another, for people who are as good: Mantel-Haenszel.

N. Mantel and W. Haenszel, "Statistical aspects of the analysis of data from retrospective studies of disease", J. Natl.
Cancer Inst. 22 (1959), 719-748; P. W. Holland and D. T. Thayer, "Differential item performance and the Mantel-Haenszel
procedure", in Wainer and Braun, "Test Validity" (1988), 129-145; the variance: J. Robins, N. Breslow and S. Greenland,
Biometrics 42 (1986), 311-323; the classes: N. J. Dorans and P. W. Holland in Holland and Wainer, "Differential Item
Functioning" (1993), 35-66, and R. Zwick, "A Review of ETS Differential Item Functioning Assessment Procedures",
ETS RR-12-08 (2012).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp, log, sqrt

SCALE = -2.35
"""From the logarithm of an odds ratio to ETS delta units: 1 delta is a question harder by a quarter of a deviation."""
MODERATE, LARGE = 1.0, 1.5
TWO_SIDED, ONE_SIDED = 1.959964, 1.644854
"""Of the normal distribution, at 5 per cent."""
FEWEST = 50
"""Answers in each language below which nothing is said. ETS asks for 200 where a test's marks decide about people
(Zwick 2012, page 12); here it is the hint to look at a translation, and the classes ask for significance as well."""


@dataclass(frozen=True)
class Stratum:
    """People with about the same mark: how many of each group had the question right, and how many had not."""

    right: int
    wrong: int
    other_right: int
    other_wrong: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.other_right + self.other_wrong


class Size(StrEnum):
    """The ETS classes: A negligible, B moderate, C large."""

    NEGLIGIBLE = "A"
    MODERATE = "B"
    LARGE = "C"


@dataclass(frozen=True)
class Difference:
    """How much harder a question is for one group than for the first; `delta` is below 0 where it is harder."""

    odds_ratio: float
    delta: float
    error: float
    chi_square: float
    size: Size
    #: People in the strata that both groups have.
    people: int
    other_people: int

    @property
    def is_harder(self) -> bool:
        """Whether it is harder for the other group."""
        return self.delta < 0

    def beside(self, usual: float) -> "Difference":
        """The same, its class no greater than that of how far it is from a usual delta."""
        return replace(self, size=min(self.size, _size(abs(self.delta - usual), self.error)))

    @property
    def bounds(self) -> tuple[float, float]:
        """The odds ratio within 95 per cent."""
        width = TWO_SIDED * self.error / abs(SCALE)
        return exp(log(self.odds_ratio) - width), exp(log(self.odds_ratio) + width)


def compare(strata: Iterable[Stratum]) -> Difference | None:
    """Compare two groups; None where they have too little in common to be compared at all."""
    used = [s for s in strata if s.right + s.wrong and s.other_right + s.other_wrong]
    agree = sum(s.right * s.other_wrong / s.total for s in used)
    differ = sum(s.wrong * s.other_right / s.total for s in used)
    if not agree or not differ:
        return None
    ratio, error = agree / differ, abs(SCALE) * sqrt(_variance(used, agree, differ))
    delta = SCALE * log(ratio)
    return Difference(
        odds_ratio=ratio,
        delta=delta,
        error=error,
        chi_square=_chi_square(used),
        size=_size(abs(delta), error),
        people=sum(s.right + s.wrong for s in used),
        other_people=sum(s.other_right + s.other_wrong for s in used),
    )


def is_enough(difference: Difference, fewest: int = FEWEST) -> bool:
    """Whether both groups have enough answers for anything to be said."""
    return min(difference.people, difference.other_people) >= fewest


def _variance(used: list[Stratum], agree: float, differ: float) -> float:
    """Of the logarithm of the odds ratio (Robins, Breslow and Greenland 1986, formula 9)."""
    both = mixed = neither = 0.0
    for s in used:
        alike, unlike = (s.right + s.other_wrong) / s.total, (s.wrong + s.other_right) / s.total
        r, q = s.right * s.other_wrong / s.total, s.wrong * s.other_right / s.total
        both += alike * r
        mixed += alike * q + unlike * r
        neither += unlike * q
    return both / (2 * agree**2) + mixed / (2 * agree * differ) + neither / (2 * differ**2)


def _chi_square(used: list[Stratum]) -> float:
    """With the correction for continuity (Mantel and Haenszel 1959); one degree of freedom."""
    gap = spread = 0.0
    for s in used:
        if s.total < 2:
            continue
        group, other = s.right + s.wrong, s.other_right + s.other_wrong
        right, wrong = s.right + s.other_right, s.wrong + s.other_wrong
        gap += s.right - group * right / s.total
        spread += group * other * right * wrong / (s.total**2 * (s.total - 1))
    return max(0.0, abs(gap) - 0.5) ** 2 / spread if spread else 0.0


def _size(delta: float, error: float) -> Size:
    """C: 1.5 or more, and more than 1 beyond doubt; B: 1 or more, and not 0 beyond doubt; else A."""
    if delta >= LARGE and delta - ONE_SIDED * error > MODERATE:
        return Size.LARGE
    if delta >= MODERATE and delta > TWO_SIDED * error:
        return Size.MODERATE
    return Size.NEGLIGIBLE
