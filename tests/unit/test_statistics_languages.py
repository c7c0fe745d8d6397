"""A question that is worse in one language is found among made-up people, and others are left in peace."""

from random import Random

import pytest

from lms.quizzes.statistics import buckets
from lms.quizzes.statistics.facts import Facts
from lms.quizzes.statistics.facts import OfQuestion as Counted
from lms.quizzes.statistics.figures import OfQuestion
from lms.quizzes.statistics.groups import by_language
from lms.quizzes.statistics.tallies import Tallies

WORSE = 2
TRIALS = 20


def attempt(language: str, chance: Random, questions: int, missed: float, better: float) -> Facts:
    """Somebody who is good or not; in Arabic she misses one question by its wording."""
    good = chance.choice((0.4, 0.6, 0.8)) + better
    signs = [chance.random() < good for _ in range(questions)]
    if language == "ar" and chance.random() < missed:
        signs[WORSE] = False
    share = sum(signs) / questions
    rests = [buckets.rest((sum(signs) - sign) / (questions - 1)) for sign in signs]
    asked = tuple(
        Counted(version, 100, buckets.WHOLE * sign, rest, None, ())
        for version, (sign, rest) in enumerate(zip(signs, rests, strict=True))
    )
    return Facts(language, True, True, buckets.share(share), buckets.stratum(share), None, asked)


def pointed_at(seed: int, people: int, questions: int, missed: float, better: float = 0.0) -> list[int]:
    """The questions that are pointed at in a quiz that half of the people take in Arabic."""
    chance, sums = Random(seed), Tallies()
    for n in range(people):
        language = ("fa", "ar")[n % 2]
        sums.add(attempt(language, chance, questions, missed, better if language == "fa" else 0))
    found = []
    for version in range(questions):
        cuts = {cut for cut, _measure, _value in sums.questions if cut.version_id == version}
        counts = [
            (cut, {"cell": {v: n for (about, m, v), n in sums.questions.items() if about == cut and m == "cell"}})
            for cut in sorted(cuts, key=str)
        ]
        found.append(OfQuestion(counts))
    rows = by_language(found, ("fa", "ar"), later=False, by_certainty=False)
    return [version for version, row in enumerate(rows) if any(each.differs for each in row)]


@pytest.mark.parametrize(("people", "questions"), [(240, 5), (240, 10), (1000, 10)])
def test_a_worse_wording_is_found(people: int, questions: int) -> None:
    found = [pointed_at(seed, people, questions, missed=0.75) for seed in range(TRIALS)]
    assert all(WORSE in each for each in found)
    others = sum(len(each) - 1 for each in found)
    assert others <= TRIALS * questions / 20, "less than one other question in twenty"


@pytest.mark.parametrize(("people", "questions"), [(240, 5), (240, 10), (1000, 10)])
def test_equal_wording_is_left_in_peace(people: int, questions: int) -> None:
    assert sum(len(pointed_at(seed, people, questions, missed=0)) for seed in range(TRIALS)) <= 1


def test_people_who_know_more_are_no_difference() -> None:
    """Readers of Persian are better at everything: that is not the questions' fault."""
    found = [pointed_at(seed, 1000, 10, missed=0, better=0.15) for seed in range(TRIALS)]
    assert sum(map(len, found)) <= 1
