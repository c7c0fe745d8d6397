"""Graded attempts in numbers, for tests of statistics."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from lms.clock import now
from lms.db import db, write_unit
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.queries import questions_of
from lms.quizzes.question_types import type_of
from lms.quizzes.services import save_response, start_attempt, submit_attempt
from lms.quizzes.statistics.counting import count_next
from lms.quizzes.statistics.gathering import QuizOf
from tests.factories import make_person
from tests.quizzes import RIGHT, WRONG, key_of, options, question

EVERY_TEN_SECONDS = timedelta(seconds=10)


def choices(count: int) -> list[dict[str, object]]:
    """Questions of two options each, a is right."""
    return [
        question(f"q{n}", "single_choice", {"options": ["a", "b"]}, {"correct": ["a"]}, **options("a", "b"))
        for n in range(count)
    ]


def take(
    quiz: QuizVersion,
    given: dict[str, list[str]],
    *,
    language: str = "fa",
    person_id: int | None = None,
    at: datetime | None = None,
) -> Attempt:
    """An attempt, answered ten seconds a question and submitted."""
    at = at or now() - timedelta(hours=2)
    person_id = person_id or make_person().id
    with write_unit():
        attempt = start_attempt(person_id, quiz, language, at)
        for asked in questions_of(attempt):
            version, words = asked.question_version, given.get(key_of(asked))
            at += EVERY_TEN_SECONDS
            if words is None:
                continue
            answer = type_of(version.type).read_answer(version.structure, {"answer": words})
            client = f"client-{attempt.id}"
            place = asked.position
            save_response(attempt, place, answer, client_uid=client, sequence=place, language=language, now=at)
        return submit_attempt(attempt, language, at)


def given_of(pattern: str) -> dict[str, list[str]]:
    """Answers to `choices` from "1" (right), "0" (wrong), "-" (none)."""
    letters = {"1": ["a"], "0": ["b"]}
    return {f"q{n}": letters[sign] for n, sign in enumerate(pattern) if sign in letters}


def mixed(known: Iterable[str]) -> dict[str, list[str]]:
    """Answers to a question of each type: these right, all others wrong."""
    return {**WRONG, **{key: RIGHT[key] for key in known}}


def count_all(most: int = 200) -> int:
    """Count everything that waits; gives in how many portions."""
    portions = 0
    while True:
        with write_unit():
            if not count_next(now(), most=most):
                return portions
        portions += 1


def quiz_of(quiz: QuizVersion) -> QuizOf:
    """What its statistics are of."""
    version = quiz.module_version
    assert version.edition_id is not None
    return QuizOf(version.module_id, version.edition_id, quiz.key)


def stored(attempt: Attempt) -> Attempt:
    """The attempt as it is stored now."""
    db.session.rollback()
    db.session.refresh(attempt)
    return attempt
