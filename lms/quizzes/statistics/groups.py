"""People by how good they were, and by language: who gave which answer, and where a question differs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lms.quizzes.statistics import buckets
from lms.quizzes.statistics.differential import Difference, Size, Stratum, compare, is_enough
from lms.quizzes.statistics.figures import OfQuestion, Wanted
from lms.quizzes.statistics.formulas import mean, median

GROUPS = 3
"""Those with the lowest marks, those between, those with the highest: about a third each."""

FEWEST_QUESTIONS = 3
"""Questions from which on one can say what is usual among them."""
Cells = Counter[tuple[int, int, int]]
"""People by share of a question's mark, share of the rest, and stratum."""


def group_of(strata: Mapping[int, int]) -> dict[int, int]:
    """The third (0, 1, 2) that each stratum falls into, by the middle of its people."""
    n, before, found = sum(strata.values()), 0, {}
    for stratum in sorted(strata):
        middle = (before + strata[stratum] / 2) / n if n else 0.0
        found[stratum] = min(int(middle * GROUPS), GROUPS - 1)
        before += strata[stratum]
    return found


def by_group(strata: Mapping[int, int], groups: Mapping[int, int]) -> tuple[int, ...]:
    """How many of each third."""
    found = [0] * GROUPS
    for stratum, n in strata.items():
        found[groups.get(stratum, 0)] += n
    return tuple(found)


@dataclass(frozen=True)
class Answers:
    """An answer and how many gave it: all, and of each third."""

    key: str
    count: int
    by_group: tuple[int, ...]


def answers_of(rows: Iterable[tuple[str, int, int]], strata: Mapping[int, int]) -> list[Answers]:
    """Answers from (key, stratum, how often), the most frequent first; `strata` are those who were asked."""
    groups = group_of(strata)
    found: dict[str, Counter[int]] = {}
    for key, stratum, n in rows:
        found.setdefault(key, Counter())[stratum] += n
    answers = [Answers(key, counts.total(), by_group(counts, groups)) for key, counts in found.items()]
    return sorted(answers, key=lambda each: (-each.count, each.key))


@dataclass(frozen=True)
class InLanguage:
    """A question in one language."""

    language: str
    answers: int
    facility: float | None
    #: Beside the language with the most answers; None: it is that one, or there is too little to compare.
    difference: Difference | None = None
    #: Whether there are enough answers for the difference to be pointed at.
    enough: bool = False

    @property
    def differs(self) -> bool:
        """Whether it is pointed at: a moderate difference (class B) is found by chance in one question of twenty."""
        return self.enough and self.difference is not None and self.difference.size == Size.LARGE

    @property
    def may_differ(self) -> bool:
        """Whether its page tells of it."""
        return self.enough and self.difference is not None and self.difference.size == Size.MODERATE


def by_language(
    questions: Sequence[OfQuestion], languages: Sequence[str], *, later: bool, by_certainty: bool
) -> list[list[InLanguage]]:
    """Each question in each of these languages in which it was asked, compared with the first of them.

    One question that is far harder in a language lowers its people's marks, by which they are compared: then all others
    look easier for them. So a difference counts as large only where it is also far from what is usual in the quiz, the
    middle one of its questions' (the marks without the question would be the textbook's way, but are not kept).
    """
    found = [_in_languages(sums, languages, later=later, by_certainty=by_certainty) for sums in questions]
    usual = {language: _usual(found, language) for language in languages}
    return [[_beside(each, usual[each.language]) for each in row] for row in found]


def _usual(found: Sequence[Sequence[InLanguage]], language: str) -> float:
    deltas = [each.difference.delta for row in found for each in row if each.language == language and each.difference]
    return median(Counter(deltas)) or 0.0 if len(deltas) >= FEWEST_QUESTIONS else 0.0


def _beside(each: InLanguage, usual: float) -> InLanguage:
    return replace(each, difference=each.difference.beside(usual)) if each.difference else each


def _in_languages(sums: OfQuestion, languages: Sequence[str], *, later: bool, by_certainty: bool) -> list[InLanguage]:
    cells = {language: sums.only(Wanted(later=later, language=language)).cells() for language in languages}
    first = cells[languages[0]] if languages else Cells()
    found = []
    for place, (language, own) in enumerate(cells.items()):
        difference = compare(_strata(first, own, by_certainty=by_certainty)) if place and own else None
        if own:
            enough = difference is not None and is_enough(difference)
            found.append(InLanguage(language, own.total(), _facility(own), difference, enough))
    return found


def _facility(cells: Cells) -> float | None:
    shares: Counter[float] = Counter()
    for (share, _rest, _stratum), n in cells.items():
        shares[share / buckets.WHOLE] += n
    return mean(shares)


def _strata(first: Cells, other: Cells, *, by_certainty: bool) -> list[Stratum]:
    """Right is half the mark or more; where certainty is marked, whatever is above nothing."""
    least = 1 if by_certainty else buckets.WHOLE // 2
    counts = [[0, 0, 0, 0] for _ in range(buckets.STRATA)]
    for at, cells in ((0, first), (2, other)):
        for (share, _rest, stratum), n in cells.items():
            counts[stratum][at + (share < least)] += n
    return [Stratum(*each) for each in counts]


def shown_languages(people: Mapping[str, int], threshold: int) -> frozenset[str]:
    """The languages of which something may be told: no group below the threshold, nor one that follows from the rest.

    Those too small are hidden; where what is hidden is itself a small group, the next smallest is hidden with it.
    """
    rest = sorted((n, language) for language, n in people.items() if n)
    hidden = 0
    while rest and (rest[0][0] < threshold or 0 < hidden < threshold):
        hidden += rest.pop(0)[0]
    return frozenset(language for _n, language in rest)
