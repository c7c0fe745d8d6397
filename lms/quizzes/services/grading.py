"""Submitting and grading attempts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import joinedload

from lms.db import db, read, the_connection
from lms.events import emit
from lms.organizations.holding import hold_with_organizations
from lms.quizzes.asked import Answered, AnyAsked, answered_in
from lms.quizzes.certainty import certain_share
from lms.quizzes.events import AttemptGraded, AttemptSubmitted
from lms.quizzes.grade_rules import deciding, standing
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuizVersion
from lms.quizzes.published import PublishedQuiz, published_quiz
from lms.quizzes.queries import tried
from lms.quizzes.question_types import Content, Grade, type_of
from lms.quizzes.rules import fraction_of, reaches
from lms.training.models import ModuleVersion

CLOSED_AT_ONCE = 100
"""Attempts that one pass over abandoned ones closes."""

# Built once, on tables: everybody of a course submits in the same minute.
_ATTEMPT, _QUESTION, _QUIZ = (cast(Table, model.__table__) for model in (Attempt, AttemptQuestion, QuizVersion))
_LOCKED = (
    select(
        _ATTEMPT.c.id,
        _ATTEMPT.c.person_id,
        _ATTEMPT.c.number,
        _ATTEMPT.c.state,
        _ATTEMPT.c.pass_mark,
        _ATTEMPT.c.grade_rule,
        _ATTEMPT.c.max_mark,
        _QUIZ.c.uid,
    )
    .join(_QUIZ, _QUIZ.c.id == _ATTEMPT.c.quiz_version_id)
    .where(_ATTEMPT.c.id == bindparam("attempt"))
    .with_for_update(of=_ATTEMPT)
)
_GRADE = update(_QUESTION).where(_QUESTION.c.id == bindparam("question"))
_CLOSE = update(_ATTEMPT).where(_ATTEMPT.c.id == bindparam("attempt"))


def submit_attempt(attempt: Attempt, language: str, now: datetime) -> Attempt:
    """`submit` for an attempt that is loaded already, and is then read again."""
    db.session.flush()
    submit(attempt.id, language, now)
    lock_attempt(attempt)
    return attempt


def submit(attempt_id: int, language: str, now: datetime) -> None:
    """Grade an attempt with what the server has of it; one that was submitted already stays as it is.

    Emits AttemptGraded, or AttemptSubmitted where answers wait for a grader. Raises UnknownType where a question's
    type is not installed any more.
    """
    attempt = read(_LOCKED, attempt=attempt_id).one()
    if attempt.state == AttemptState.OPEN:
        _close(attempt, language, now)


def close_attempt(attempt_id: int, language: str, now: datetime) -> None:
    """Close an open attempt, locked by the caller where others could change it, and grade what needs no person."""
    _close(read(_LOCKED, attempt=attempt_id).one(), language, now)


def _close(attempt: Any, language: str, now: datetime) -> None:
    quiz, questions = published_quiz(attempt.uid), answered_in(attempt.id)
    shares = [share_of(question, by_certainty=quiz.certainty) for question in questions]
    if questions:
        rows = [{"question": one.id, "fraction": share} for one, share in zip(questions, shares, strict=True)]
        the_connection().execute(_GRADE, rows)
    # Whoever has loaded them reads them again; what else was changed is stored, not forgotten.
    db.session.flush()
    db.session.expire_all()
    closed = {"attempt": attempt.id, "language": language, "submitted_at": now}
    if any(share is None for share in shares):
        the_connection().execute(_CLOSE, {**closed, "state": AttemptState.SUBMITTED})
        emit(AttemptSubmitted(now, attempt.person_id, attempt.id, attempt.person_id, *_named(quiz)))
    else:
        mark = mark_of((question.mark, share) for question, share in zip(questions, shares, strict=True))
        _grade(attempt, quiz, closed, mark, now)


def _named(quiz: PublishedQuiz) -> tuple[int, int, str]:
    """How events name a quiz."""
    return quiz.module_id, quiz.module_version_id, quiz.key


def _grade(attempt: Any, quiz: PublishedQuiz, closed: Mapping[str, Any], mark: float, now: datetime) -> None:
    share = fraction_of(mark, attempt.max_mark)
    shares = [*_shares_before(attempt, quiz.key, quiz.edition_id), share]
    standing, passed = verdict_on(attempt, shares)
    found = {"state": AttemptState.GRADED, "mark": mark, "standing": standing, "passed": passed, "graded_at": now}
    the_connection().execute(_CLOSE, {**closed, **found})
    person_id = attempt.person_id
    names = _named(quiz)
    compared = quiz.is_compared_by(attempt.number, again=False)
    emit(AttemptGraded(now, person_id, attempt.id, person_id, *names, passed, share, at_once=True, compared=compared))


def mark_of(parts: Iterable[tuple[float, float | None]]) -> float:
    """What an attempt is worth: of each question its mark and its share; never below 0."""
    return max(0.0, sum(mark * (share or 0) for mark, share in parts))


def share_of(
    question: AnyAsked | Answered, *, by_certainty: bool = False, scoring: Mapping[str, Any] | None = None
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
    attempt.mark = mark_of((question.mark, question.fraction) for question in questions)
    before = _shares_before(attempt, attempt.quiz.key, attempt.quiz.module_version.edition_id)
    attempt.standing, attempt.passed = verdict_on(attempt, [*before, fraction_of(attempt.mark, attempt.max_mark)])
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
            fraction=fraction_of(attempt.mark, attempt.max_mark),
            again=again,
            compared=published_quiz(attempt.quiz.uid).is_compared_by(attempt.number, again=again),
        )
    )


def verdict_on(attempt: Any, shares: Sequence[float]) -> tuple[float | None, bool]:
    """What the quiz stands at by the attempt's rule, and whether it passes; the last of the shares is its own.

    A quiz without marks stands at nothing, and is passed by taking it.
    """
    if not attempt.max_mark:
        return None, True
    rule = attempt.grade_rule
    return standing(rule, shares), reaches(deciding(rule, shares), 1, attempt.pass_mark)


def _shares_before(attempt: Any, key: str, edition_id: int | None) -> list[float]:
    if attempt.number == 1:
        return []
    return [
        fraction_of(other.mark, other.max_mark)
        for other in tried(attempt.person_id, key, edition_id)
        if other.number < attempt.number and other.state == AttemptState.GRADED
    ]


def grade_of(question: AnyAsked | Answered, scoring: Mapping[str, Any] | None = None) -> Grade:
    """What the answer that stands is worth, by the scoring that the attempt has, or by another one."""
    if question.answer is None:
        return Grade(0.0)
    asked = question.question_version
    content = Content(asked.structure, scoring or question.scoring.scoring, asked.text)
    return type_of(asked.type).grade(content, question.answer, question.language or "")


def close_expired(now: datetime) -> int:
    """Close abandoned attempts whose time is up, with what was saved; gives how many."""
    query = (
        select(Attempt.id, Attempt.language, Attempt.person_id)
        .where(Attempt.state == AttemptState.OPEN, Attempt.closes_at < now)
        .order_by(Attempt.id)
        .limit(CLOSED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    found = db.session.execute(query).all()
    hold_with_organizations({attempt.person_id for attempt in found})
    for attempt in found:
        close_attempt(attempt.id, attempt.language, now)
    return len(found)


def lock_attempt(attempt: Attempt) -> None:
    """Keep others from changing an attempt until the commit, and read it again with its quiz and module."""
    module = joinedload(Attempt.quiz).joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module)
    query = select(Attempt).where(Attempt.id == attempt.id).options(module)
    db.session.scalars(query.with_for_update(of=Attempt), execution_options={"populate_existing": True}).one()
