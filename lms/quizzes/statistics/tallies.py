"""Adding up what is counted. Sums of whole numbers: in whatever order and portions it is added, they are the same."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lms.quizzes.statistics.facts import BLANK, Facts, OfQuestion


class Measure(StrEnum):
    """What is counted: of a cut of a quiz, and of a question in it."""

    SHARE = "share"
    TIME = "time"
    PASSED = "passed"
    #: "<share> <share of the rest> <stratum>" of a marked question.
    CELL = "cell"
    #: By stratum, of every question that was asked.
    ASKED = "asked"


@dataclass(frozen=True)
class Cut:
    """Attempts in one language, first ones or later ones."""

    language: str
    first: bool


@dataclass(frozen=True)
class QuestionCut:
    """Answers to a question version worth so many hundredths of a mark, in such attempts."""

    version_id: int
    mark: int
    language: str
    first: bool


Counted = dict[str, dict[str, int]]
"""How often, by measure and value: as it is kept."""


@dataclass
class Tallies:
    """Sums over attempts; what sums to nothing is not there when they are compared."""

    quiz: Counter[tuple[Cut, Measure, str]] = field(default_factory=Counter)
    questions: Counter[tuple[QuestionCut, Measure, str]] = field(default_factory=Counter)
    #: By question, key of the answer, and stratum.
    answers: Counter[tuple[QuestionCut, str, int]] = field(default_factory=Counter)

    def add(self, facts: Facts, times: int = 1) -> None:
        """Count an attempt, or (-1) take it back."""
        cut = Cut(facts.language, facts.first)
        for measure, value in _of_attempt(facts):
            self.quiz[cut, measure, value] += times
        for asked in facts.questions:
            about = QuestionCut(asked.version_id, asked.mark, facts.language, facts.first)
            for measure, value in _of_answer(asked, facts.stratum):
                self.questions[about, measure, value] += times
            for key in asked.keys:
                self.answers[about, key, facts.stratum] += times

    def settled(self) -> "Tallies":
        """Without what sums to nothing."""
        return Tallies(*(Counter({key: n for key, n in each.items() if n}) for each in self._all()))

    def _all(self) -> tuple[Counter[Any], Counter[Any], Counter[Any]]:
        return self.quiz, self.questions, self.answers


def _of_attempt(facts: Facts) -> Iterator[tuple[Measure, str]]:
    yield Measure.PASSED, str(int(facts.passed))
    if facts.share is not None:
        yield Measure.SHARE, str(facts.share)
    if facts.time is not None:
        yield Measure.TIME, str(facts.time)


def _of_answer(asked: OfQuestion, stratum: int) -> Iterator[tuple[Measure, str]]:
    yield Measure.ASKED, str(stratum)
    if asked.share is not None:
        yield Measure.CELL, f"{asked.share} {asked.rest} {stratum}"
    if asked.time is not None and BLANK not in asked.keys:
        yield Measure.TIME, str(asked.time)


def merged(kept: Mapping[str, Mapping[str, int]], more: Mapping[tuple[Measure, str], int]) -> Counted:
    """What is kept with more added to it; what comes to nothing is left out."""
    found: dict[str, Counter[str]] = {measure: Counter(values) for measure, values in kept.items()}
    for (measure, value), times in more.items():
        found.setdefault(measure, Counter())[value] += times
    settled = {measure: {value: n for value, n in values.items() if n} for measure, values in found.items()}
    return {measure: values for measure, values in settled.items() if values}
