"""Submitting and grading attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.db import db
from lms.events import emit
from lms.quizzes.certainty import certain_share
from lms.quizzes.events import AttemptGraded, AttemptSubmitted
from lms.quizzes.grade_rules import deciding, standing
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuizVersion
from lms.quizzes.queries import attempts_at, questions_of
from lms.quizzes.question_types import Content, Grade, type_of
from lms.quizzes.rules import fraction_of, reaches
from lms.training.models import ModuleVersion

CLOSED_AT_ONCE = 100
"""Attempts that one pass over abandoned ones closes."""


def submit_attempt(attempt: Attempt, language: str, now: datetime) -> Attempt:
    """Grade an attempt with what the server has of it; one that was submitted already stays as it is.

    Emits AttemptGraded, or AttemptSubmitted where answers wait for a grader. Raises UnknownType where a question's
    type is not installed any more.
    """
    lock_attempt(attempt)
    if attempt.state == AttemptState.OPEN:
        close_attempt(attempt, language, now)
    return attempt


def close_attempt(attempt: Attempt, language: str, now: datetime) -> None:
    """Close an open attempt, locked by the caller where others could change it, and grade what needs no person."""
    questions = questions_of(attempt)
    for question in questions:
        question.fraction = share_of(question, by_certainty=attempt.quiz.certainty)
    attempt.language, attempt.submitted_at = language, now
    if any(question.fraction is None for question in questions):
        attempt.state = AttemptState.SUBMITTED
        db.session.flush()
        version = attempt.quiz.module_version
        person_id = attempt.person_id
        emit(AttemptSubmitted(now, person_id, attempt.id, person_id, version.module_id, version.id, attempt.quiz.key))
    else:
        finish_attempt(attempt, questions, attempt.person_id, now)


def share_of(
    question: AttemptQuestion, *, by_certainty: bool = False, scoring: Mapping[str, Any] | None = None
) -> float | None:
    """The share of the mark that the answer gets at once; None where a person must look at it.

    Nothing given needs nobody, and is worth nothing. Where the quiz marks by certainty, what she said of it counts.
    Another scoring than the attempt's can be tried.
    """
    kind = type_of(question.question_version.type)
    if question.answer is None or not kind.by_hand:
        fraction = grade_of(question, scoring).fraction
        counts = by_certainty and kind.marked and question.answer is not None
        return certain_share(fraction, question.certainty) if counts else fraction
    return None


def finish_attempt(attempt: Attempt, questions: Sequence[AttemptQuestion], actor_id: int | None, now: datetime) -> None:
    """Sum up an attempt whose questions are all graded, for the first time or again. Emits AttemptGraded."""
    attempt.mark = max(0.0, sum(question.mark * (question.fraction or 0) for question in questions))
    shares = [fraction_of(other) for other in [*_graded_before(attempt), attempt]]
    attempt.standing, attempt.passed = verdict_on(attempt, shares)
    again = attempt.state == AttemptState.GRADED
    attempt.state, attempt.graded_at, attempt.counted_at = AttemptState.GRADED, now, None
    db.session.flush()
    tell_graded(attempt, actor_id, now, again=again)


def tell_graded(attempt: Attempt, actor_id: int | None, now: datetime, *, again: bool) -> None:
    """Say what a graded attempt is worth, for the first time or again."""
    version = attempt.quiz.module_version
    emit(
        AttemptGraded(
            at=now,
            actor_id=actor_id,
            attempt_id=attempt.id,
            person_id=attempt.person_id,
            module_id=version.module_id,
            version_id=version.id,
            quiz_key=attempt.quiz.key,
            passed=bool(attempt.passed),
            fraction=fraction_of(attempt),
            again=again,
        )
    )


def verdict_on(attempt: Attempt, shares: Sequence[float]) -> tuple[float | None, bool]:
    """What the quiz stands at by the attempt's rule, and whether it passes; the last of the shares is its own.

    A quiz without marks stands at nothing, and is passed by taking it.
    """
    if not attempt.max_mark:
        return None, True
    rule = attempt.grade_rule
    return standing(rule, shares), reaches(deciding(rule, shares), 1, attempt.pass_mark)


def _graded_before(attempt: Attempt) -> list[Attempt]:
    if attempt.number == 1:
        return []
    # The attempt is half changed: it is stored when it is whole.
    with db.session.no_autoflush:
        others = attempts_at(attempt.quiz, attempt.person_id)
    return [other for other in others if other.number < attempt.number and other.state == AttemptState.GRADED]


def grade_of(question: AttemptQuestion, scoring: Mapping[str, Any] | None = None) -> Grade:
    """What the answer that stands is worth, by the scoring that the attempt has, or by another one."""
    if question.answer is None:
        return Grade(0.0)
    asked = question.question_version
    content = Content(asked.structure, scoring or question.scoring.scoring, asked.text)
    return type_of(asked.type).grade(content, question.answer, question.language or "")


def close_expired(now: datetime) -> int:
    """Close abandoned attempts whose time is up, with what was saved; gives how many."""
    query = (
        select(Attempt)
        .where(Attempt.state == AttemptState.OPEN, Attempt.closes_at < now)
        .order_by(Attempt.id)
        .limit(CLOSED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found = db.session.scalars(query).all()
    for attempt in found:
        close_attempt(attempt, attempt.language, now)
    return len(found)


def lock_attempt(attempt: Attempt) -> None:
    """Keep others from changing an attempt until the commit, and read it again with its quiz and module."""
    module = joinedload(Attempt.quiz).joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module)
    query = select(Attempt).where(Attempt.id == attempt.id).options(module)
    db.session.scalars(query.with_for_update(of=Attempt), execution_options={"populate_existing": True}).one()
