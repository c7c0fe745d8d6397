"""Into how fine steps what is counted is put, so that the counts of a question stay few."""

from math import log2

WHOLE = 10_000
"""Shares of a mark are counted in ten-thousandths, the share of the rest of the quiz in hundredths."""
REST = 100
STRATA = 11
"""People are put by the share of the mark that they got: ten tenths, and those who got all of it."""
LONGEST_ANSWER, LONGEST_ATTEMPT = 3600, 24 * 3600
"""Seconds beyond which it was no answering: she went away."""
LONGEST_KEY = 80
"""Letters of an answer in her own words that are told apart."""
_PER_DOUBLING = 4
_NEARLY = 1e-9


def share(fraction: float) -> int:
    """A share of a mark, 0.5 as 5000; below 0 where marks are taken away."""
    return round(fraction * WHOLE)


def rest(fraction: float) -> int:
    """The share of the rest of the quiz, 0.5 as 50."""
    return round(fraction * REST)


def stratum(fraction: float) -> int:
    """From 0 to 10."""
    return min(max(int(fraction * (STRATA - 1) + _NEARLY), 0), STRATA - 1)


def time(seconds: float, longest: int) -> int | None:
    """The step of a length of time: each is a fifth longer than the one before; None: not to be counted."""
    if not 0 <= seconds <= longest:
        return None
    return round(_PER_DOUBLING * log2(max(seconds, 1)))


def seconds(step: float) -> float:
    """The middle of a step."""
    return float(2 ** (step / _PER_DOUBLING))
