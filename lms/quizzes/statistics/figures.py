"""Figures of a quiz and of its questions, from sums alone: pure functions of what `reading` found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.quizzes.statistics import buckets, formulas
from lms.quizzes.statistics.tallies import Counted, Cut, Measure, QuestionCut

BARS = 10
FEWEST = 30
"""Answers below which a question is not judged: a correlation of fewer is mostly chance."""
EASY, HARD = 0.95, 0.2
"""Facility from which, and up to which, a question is pointed at (as in Moodle's guide to its report)."""
WEAK = 0.2
"""Discrimination below which a question is pointed at: R. L. Ebel, "Essentials of Educational Measurement" (1972)."""


@dataclass(frozen=True)
class Wanted:
    """Which attempts: first ones only, or later ones as well; those in one language, or all."""

    later: bool = False
    language: str | None = None

    def takes(self, cut: Cut | QuestionCut) -> bool:
        """Whether such attempts are among them."""
        return (self.later or cut.first) and self.language in (None, cut.language)


@dataclass(frozen=True)
class QuizFigures:
    """A quiz. Marks are shares of the whole mark; what cannot be told is None."""

    attempts: int
    people: int
    mean: float | None
    median: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    passed: float | None
    #: The median length of time, and of how many attempts it is told.
    seconds: float | None
    timed: int
    #: How many got 0 to 9 per cent of the mark, 10 to 19, and so on; the last is 90 to 100.
    bars: tuple[int, ...]


def quiz_figures(cuts: Sequence[tuple[Cut, Counted]], wanted: Wanted) -> QuizFigures:
    """What the sums say of a quiz's attempts."""
    taken = [counts for cut, counts in cuts if wanted.takes(cut)]
    first = [counts for cut, counts in cuts if cut.first and wanted.takes(cut)]
    shares = {int(value) / buckets.WHOLE: n for value, n in _summed(taken, Measure.SHARE).items()}
    passed = _summed(taken, Measure.PASSED)
    attempts = passed.total()
    return QuizFigures(
        attempts=attempts,
        people=_summed(first, Measure.PASSED).total(),
        mean=formulas.mean(shares),
        median=formulas.median(shares),
        deviation=formulas.deviation(shares),
        skewness=formulas.skewness(shares),
        kurtosis=formulas.kurtosis(shares),
        passed=passed["1"] / attempts if attempts else None,
        seconds=_seconds(taken),
        timed=_summed(taken, Measure.TIME).total(),
        bars=_bars(shares),
    )


def _summed(taken: Iterable[Counted], measure: Measure) -> Counter[str]:
    found: Counter[str] = Counter()
    for counts in taken:
        found.update(counts.get(measure, {}))
    return found


def _seconds(taken: Iterable[Counted]) -> float | None:
    """The median of lengths of time, which are counted in steps."""
    step = formulas.median({int(value): n for value, n in _summed(taken, Measure.TIME).items()})
    return buckets.seconds(step) if step is not None else None


def _bars(shares: Mapping[float, int]) -> tuple[int, ...]:
    bars = [0] * BARS
    for share, n in shares.items():
        bars[min(max(int(share * BARS + 1e-9), 0), BARS - 1)] += n
    return tuple(bars)


class Flag(StrEnum):
    """What a question is pointed at for."""

    EASY = "easy"
    HARD = "hard"
    REVERSED = "reversed"
    WEAK = "weak"


@dataclass(frozen=True)
class OfQuestion:
    """The sums of a question through its versions, as the attempts asked for have them."""

    counts: Sequence[tuple[QuestionCut, Counted]]

    def only(self, wanted: Wanted) -> "OfQuestion":
        """Those of such attempts."""
        return OfQuestion([(cut, counts) for cut, counts in self.counts if wanted.takes(cut)])

    @property
    def marks(self) -> set[int]:
        """What it is worth, in hundredths of a mark."""
        return {cut.mark for cut, _counts in self.counts}

    @property
    def strata(self) -> Counter[int]:
        """Those who were asked it, by the share of the whole mark that they got."""
        found = _summed((counts for _cut, counts in self.counts), Measure.ASKED)
        return Counter({int(value): n for value, n in found.items()})

    @property
    def asked(self) -> int:
        """How many they are."""
        return self.strata.total()

    def cells(self) -> Counter[tuple[int, int, int]]:
        """Those who got a mark for it, by share of its mark, share of the rest, and stratum."""
        found: Counter[tuple[int, int, int]] = Counter()
        for value, n in _summed((counts for _cut, counts in self.counts), Measure.CELL).items():
            share, rest, stratum = map(int, value.split())
            found[share, rest, stratum] += n
        return found


@dataclass(frozen=True)
class QuestionFigures:
    """A question. Shares are of its mark; what cannot be told is None."""

    asked: int
    facility: float | None
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    #: The median length of time, and of how many answers it is told: not of those that came together in one form.
    seconds: float | None
    timed: int
    flags: tuple[Flag, ...]


def question_figures(sums: OfQuestion) -> QuestionFigures:
    """What the sums say of a question."""
    pairs: Counter[tuple[float, float]] = Counter()
    for (share, rest, _stratum), n in sums.cells().items():
        pairs[share / buckets.WHOLE, rest / buckets.REST] += n
    shares, _rests = formulas.sides(pairs)
    facility, discrimination = formulas.mean(shares), formulas.discrimination(pairs)
    counts = [counts for _cut, counts in sums.counts]
    return QuestionFigures(
        asked=sums.asked,
        facility=facility,
        deviation=formulas.deviation(shares),
        discrimination=discrimination,
        efficiency=formulas.efficiency(pairs),
        seconds=_seconds(counts),
        timed=_summed(counts, Measure.TIME).total(),
        flags=_flags(facility, discrimination) if shares.total() >= FEWEST else (),
    )


def _flags(facility: float | None, discrimination: float | None) -> tuple[Flag, ...]:
    found = []
    if facility is not None and facility >= EASY:
        found.append(Flag.EASY)
    elif facility is not None and facility <= HARD:
        found.append(Flag.HARD)
    if discrimination is not None and discrimination < 0:
        found.append(Flag.REVERSED)
    elif discrimination is not None and discrimination < WEAK and Flag.EASY not in found:
        found.append(Flag.WEAK)
    return tuple(found)


def consistency(questions: Iterable[tuple[OfQuestion, QuestionFigures]], figures: QuizFigures) -> float | None:
    """Cronbach's alpha; None where attempts did not all ask the same questions for the same marks."""
    found = [(sums, each.deviation or 0.0) for sums, each in questions if sums.marks not in (set(), {0})]
    marked = [sums for sums, _deviation in found]
    whole = sum(sum(sums.marks) for sums in marked)
    alike = all(len(sums.marks) == 1 and sums.asked == figures.attempts for sums in marked)
    if not alike or not whole or figures.deviation is None:
        return None
    variances = [(deviation * next(iter(sums.marks)) / whole) ** 2 for sums, deviation in found]
    return formulas.alpha(variances, figures.deviation**2)
