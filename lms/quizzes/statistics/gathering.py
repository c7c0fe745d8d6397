"""Reads of attempts for those who count them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, and_, bindparam, func, or_, select

from lms.db import db, read
from lms.quizzes.models import Attempt, AttemptQuestion, QuestionVersion, QuizVersion
from lms.quizzes.question_types import QuestionType, find_type
from lms.quizzes.statistics.facts import BLANK, Answered, Facts, facts_of
from lms.training.models import ModuleVersion

_ATTEMPT = cast(Table, Attempt.__table__)
_ASKED = cast(Table, AttemptQuestion.__table__)
_IS_DUE = (_ATTEMPT.c.graded_at.is_not(None), _ATTEMPT.c.counted_at.is_(None))
_OF_QUIZ = (
    select(QuizVersion.id)
    .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
    .where(QuizVersion.key == bindparam("key"), ModuleVersion.edition_id == bindparam("edition"))
)
_DUE_QUIZ = select(_ATTEMPT.c.quiz_version_id).where(*_IS_DUE).limit(1)
_DUE = (
    select(_ATTEMPT.c.id)
    .where(*_IS_DUE, _ATTEMPT.c.quiz_version_id.in_(_OF_QUIZ))
    .order_by(_ATTEMPT.c.id)
    .limit(bindparam("most"))
)
_WAITING = select(func.count()).select_from(_ATTEMPT).where(*_IS_DUE, _ATTEMPT.c.quiz_version_id.in_(_OF_QUIZ))
_ATTEMPTS = select(
    _ATTEMPT.c.id,
    _ATTEMPT.c.number,
    _ATTEMPT.c.language,
    _ATTEMPT.c.passed,
    _ATTEMPT.c.mark,
    _ATTEMPT.c.max_mark,
    _ATTEMPT.c.occurred_at,
    _ATTEMPT.c.submitted_at,
).where(_ATTEMPT.c.id.in_(bindparam("ids", expanding=True)))
_QUESTIONS = (
    select(
        _ASKED.c.attempt_id,
        _ASKED.c.question_version_id,
        _ASKED.c.mark,
        _ASKED.c.fraction,
        _ASKED.c.saved_at,
        _ASKED.c.answer,
    )
    .where(_ASKED.c.attempt_id.in_(bindparam("ids", expanding=True)))
    .order_by(_ASKED.c.attempt_id, _ASKED.c.position)
)


@dataclass(frozen=True)
class QuizOf:
    """A quiz of an edition."""

    module_id: int
    edition_id: int
    key: str


def _named(due: Select[Any]) -> Any:
    return (
        select(ModuleVersion.module_id, ModuleVersion.edition_id, QuizVersion.key)
        .join(QuizVersion, QuizVersion.module_version_id == ModuleVersion.id)
        .where(QuizVersion.id == due.scalar_subquery())
    )


_NEXT_QUIZ = _named(_DUE_QUIZ)


def next_quiz(but: Collection[QuizOf] = ()) -> QuizOf | None:
    """A quiz with graded attempts that wait to be counted, none of those in `but`."""
    row: Any = read(_named(_DUE_QUIZ.where(_is_none_of(but))) if but else _NEXT_QUIZ).first()
    return QuizOf(row[0], row[1], row[2]) if row is not None else None


def _is_none_of(quizzes: Collection[QuizOf]) -> Any:
    ids = select(QuizVersion.id).join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
    named = (and_(QuizVersion.key == each.key, ModuleVersion.edition_id == each.edition_id) for each in quizzes)
    return _ATTEMPT.c.quiz_version_id.not_in(ids.where(or_(*named)))


def quizzes_tried_by(person_id: int) -> list[QuizOf]:
    """The quizzes of which a person has graded attempts, always in the same order."""
    names = (ModuleVersion.module_id, ModuleVersion.edition_id, QuizVersion.key)
    rows: Any = db.session.execute(
        select(*names)
        .join(QuizVersion, QuizVersion.module_version_id == ModuleVersion.id)
        .join(Attempt, Attempt.quiz_version_id == QuizVersion.id)
        .where(Attempt.person_id == person_id, Attempt.graded_at.is_not(None))
        .distinct()
        .order_by(*names)
    )
    return [QuizOf(row[0], row[1], row[2]) for row in rows]


def due_attempts(quiz: QuizOf, most: int) -> list[int]:
    """Ids of attempts that wait to be counted, locked until the end of the transaction."""
    query = _DUE.with_for_update()
    return list(db.session.scalars(query, {"key": quiz.key, "edition": quiz.edition_id, "most": most}))


def waiting_at(quiz: QuizOf) -> int:
    """How many there are."""
    return int(read(_WAITING, key=quiz.key, edition=quiz.edition_id).scalar_one())


def attempts_of(quiz: QuizOf) -> Any:
    """Ids of the versions of a quiz: what an attempt at it names."""
    return _OF_QUIZ.params(key=quiz.key, edition=quiz.edition_id)


def facts_by_attempt(ids: Sequence[int]) -> dict[int, Facts]:
    """What is counted of each of these graded attempts; three statements."""
    if not ids:
        return {}
    questions: dict[int, list[Row[Any]]] = {}
    for row in read(_QUESTIONS, ids=ids):
        questions.setdefault(row.attempt_id, []).append(row)
    kinds = _kinds({row.question_version_id for rows in questions.values() for row in rows})
    return {row.id: _facts(row, questions.get(row.id, ()), kinds) for row in read(_ATTEMPTS, ids=ids)}


def _kinds(version_ids: Iterable[int]) -> dict[int, QuestionType | None]:
    query = select(QuestionVersion.id, QuestionVersion.type).where(QuestionVersion.id.in_(list(version_ids)))
    return {row.id: find_type(row.type) for row in db.session.execute(query)}


def _facts(attempt: Row[Any], questions: Iterable[Row[Any]], kinds: dict[int, QuestionType | None]) -> Facts:
    submitted: datetime = attempt.submitted_at
    return facts_of(
        language=attempt.language,
        number=attempt.number,
        passed=bool(attempt.passed),
        mark=attempt.mark or 0.0,
        max_mark=attempt.max_mark,
        started_at=attempt.occurred_at,
        submitted_at=submitted,
        questions=[_answered(row, kind) for row in questions if (kind := kinds[row.question_version_id]) and kind.asks],
    )


def _answered(row: Row[Any], kind: QuestionType) -> Answered:
    return Answered(
        version_id=row.question_version_id,
        mark=row.mark,
        fraction=row.fraction if kind.marked else None,
        saved_at=row.saved_at,
        keys=_keys(row, kind),
    )


def _keys(row: Row[Any], kind: QuestionType) -> Sequence[str]:
    """What the answer counts for. Without one she gave none, unless it is worth something: then it was erased."""
    if row.answer is not None:
        return tuple(kind.summary_keys(row.answer))
    return () if row.fraction else (BLANK,)
