"""Whether everything that a server acknowledged is in its database, and right."""

from collections.abc import Iterable, Iterator

from flask import Flask

from lms.db import db
from lms.quizzes.asked import Asked, asked_in
from lms.quizzes.models import Attempt, AttemptState
from lms.quizzes.queries import attempt_by_public_id
from lms.quizzes.question_types import type_of
from lms.quizzes.services.grading import mark_of, share_of
from tests.load.learner import Acknowledged, Learner


def faults(app: Flask, learners: Iterable[Learner]) -> list[str]:
    """What was acknowledged and is not there, or not as it was."""
    with app.app_context():
        # The database's server may be another one by now.
        db.engine.dispose()
        found = [fault for learner in learners for known in learner.known for fault in _faults(known)]
        db.session.remove()
    return found


def _faults(known: Acknowledged) -> Iterator[str]:
    attempt = attempt_by_public_id(known.attempt)
    if attempt is None:
        yield f"attempt {known.attempt} is not there"
        return
    asked = {question.position: question for question in asked_in(attempt.id)}
    for position, given in known.answers.items():
        if not _stands(asked[position], given, known.receipts.get(position)):
            yield f"answer {position} of {known.attempt}: {asked[position].answer} instead of {given}"
    if known.submitted and not _is_graded(attempt, list(asked.values())):
        yield f"attempt {known.attempt} was submitted and is {attempt.state} with {attempt.mark}"


def _stands(question: Asked, given: list[str], receipt: str | None) -> bool:
    version = question.question_version
    answer = type_of(version.type).read_answer(version.structure, {"answer": given})
    saved_at = question.saved_at.isoformat() if question.saved_at else None
    return question.answer == answer and receipt in (None, saved_at)


def _is_graded(attempt: Attempt, asked: list[Asked]) -> bool:
    right = all(question.fraction == share_of(question) for question in asked)
    mark = mark_of((question.mark, question.fraction) for question in asked)
    return right and attempt.state == AttemptState.GRADED and attempt.mark == mark


def is_open(app: Flask, known: Acknowledged) -> bool:
    """Whether an attempt is still under way."""
    with app.app_context():
        attempt = attempt_by_public_id(known.attempt)
        db.session.remove()
    return attempt is not None and attempt.state == AttemptState.OPEN
