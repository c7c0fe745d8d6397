"""Which attempts make the grade of a quiz. Pure functions of the shares of the mark, the first attempt's first."""

from collections.abc import Sequence

from lms.quizzes.policies import GradeRule


def standing(rule: GradeRule, shares: Sequence[float]) -> float:
    """What the quiz stands at by the rule after these attempts; there is one at least."""
    if rule == GradeRule.BEST:
        return max(shares)
    if rule == GradeRule.FIRST:
        return shares[0]
    return sum(shares) / len(shares) if rule == GradeRule.AVERAGE else shares[-1]


def deciding(rule: GradeRule, shares: Sequence[float]) -> float:
    """The share that says whether the last of these attempts passes the quiz: its own where the best counts."""
    return shares[-1] if rule == GradeRule.BEST else standing(rule, shares)
