"""Reads of quizzes and attempts. The number of statements never grows with rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.db import db, read
from lms.quizzes.models import (
    Attempt,
    AttemptQuestion,
    AttemptState,
    QuestionVersion,
    QuizQuestion,
    QuizVersion,
    Response,
)
from lms.quizzes.question_types import all_types
from lms.security.actor import Scope
from lms.training.models import ModuleVersion

# Statements of the pages that everybody opens are built once, on tables where nothing is loaded to be changed:
# building one costs more than running it.
_Q, _A, _V, _Z, _M = (
    cast(Table, model.__table__) for model in (AttemptQuestion, Attempt, QuestionVersion, QuizVersion, ModuleVersion)
)
_MODULE = (
    joinedload(QuizVersion.module_version, innerjoin=True)
    .defer(ModuleVersion.manifest)
    .joinedload(ModuleVersion.module, innerjoin=True)
)
_QUIZ = select(QuizVersion).where(QuizVersion.public_id == bindparam("address")).options(_MODULE)
_NEWEST = (
    select(QuizVersion)
    .join(QuizVersion.module_version)
    .where(QuizVersion.key == bindparam("key"), ModuleVersion.edition_id == bindparam("edition"))
    .order_by(ModuleVersion.number.desc())
    .limit(1)
    .options(contains_eager(QuizVersion.module_version).joinedload(ModuleVersion.module, innerjoin=True))
)
_ATTEMPTS = (
    select(Attempt)
    .join(Attempt.quiz)
    .join(QuizVersion.module_version)
    .where(Attempt.person_id == bindparam("person"), QuizVersion.key == bindparam("key"))
    .where(ModuleVersion.edition_id == bindparam("edition"))
    .order_by(Attempt.id)
)
# The same as rows, with what the rules ask of them.
_TRIED = (
    select(
        _A.c.id,
        _A.c.public_id,
        _A.c.number,
        _A.c.state,
        _A.c.passed,
        _A.c.mark,
        _A.c.max_mark,
        _A.c.submitted_at,
        _A.c.closes_at,
        _A.c.language,
    )
    .join(_Z, _Z.c.id == _A.c.quiz_version_id)
    .join(_M, _M.c.id == _Z.c.module_version_id)
    .where(_A.c.person_id == bindparam("person"), _Z.c.key == bindparam("key"), _M.c.edition_id == bindparam("edition"))
    .order_by(_A.c.id)
)
_ATTEMPT = (
    select(Attempt)
    .where(Attempt.public_id == bindparam("address"))
    .options(joinedload(Attempt.quiz, innerjoin=True).options(_MODULE))
)
_ASKED = (
    select(AttemptQuestion)
    .where(AttemptQuestion.attempt_id == bindparam("attempt"))
    .order_by(AttemptQuestion.position)
    # Answers are written past the session's objects.
    .execution_options(populate_existing=True)
)
_WHOLE = _ASKED.options(
    joinedload(AttemptQuestion.question_version, innerjoin=True), joinedload(AttemptQuestion.scoring, innerjoin=True)
)
_NAME = select(_A.c.id, _A.c.public_id, _A.c.person_id).where(_A.c.public_id == bindparam("address"))
_TYPES = (
    select(QuestionVersion.type, func.count().label("number"))
    .join(QuizQuestion, QuizQuestion.question_version_id == QuestionVersion.id)
    .where(QuizQuestion.quiz_version_id == bindparam("quiz"))
    .group_by(QuestionVersion.type)
)


def quiz_by_public_id(public_id: str) -> QuizVersion | None:
    """A quiz with its module, by the id in its address."""
    return db.session.scalars(_QUIZ, {"address": public_id}).one_or_none()


def newest_of(quiz: QuizVersion) -> QuizVersion:
    """The same quiz in the newest correction of its edition."""
    return db.session.scalars(_NEWEST, {"key": quiz.key, "edition": quiz.module_version.edition_id}).one()


def question_types_of(quiz: QuizVersion) -> dict[str, int]:
    """How many questions of each type a quiz has."""
    counted: list[tuple[str, int]] = [(row.type, row.number) for row in read(_TYPES, quiz=quiz.id)]
    return dict(counted)


def attempts_at(quiz: QuizVersion, person_id: int) -> Sequence[Attempt]:
    """A person's attempts at a quiz in any correction of its edition, the first one first."""
    values = {"person": person_id, "key": quiz.key, "edition": quiz.module_version.edition_id}
    return db.session.scalars(_ATTEMPTS, values).all()


def tried(person_id: int, key: str, edition_id: int | None) -> Sequence[Row[Any]]:
    """`attempts_at` as rows, past the ORM: what `lms.quizzes.rules` asks of attempts."""
    return read(_TRIED, person=person_id, key=key, edition=edition_id).all()


def attempt_by_public_id(public_id: str) -> Attempt | None:
    """An attempt with its quiz and module, by the id in its address."""
    return db.session.scalars(_ATTEMPT, {"address": public_id}).one_or_none()


@dataclass(frozen=True)
class AttemptName:
    """An attempt: whose it is, and by what it is known."""

    id: int
    public_id: str
    person_id: int

    def scope(self) -> Scope:
        """Its person's own."""
        return Scope(person_id=self.person_id)


def attempt_name(attempt_id: str) -> AttemptName | None:
    """An attempt by the id in its address, without what it holds."""
    row: Any = read(_NAME, address=attempt_id).one_or_none()
    return None if row is None else AttemptName(*row)


def questions_of(attempt: Attempt) -> Sequence[AttemptQuestion]:
    """An attempt's questions in order, with what is asked and how it is marked, in one statement."""
    return db.session.scalars(_WHOLE, {"attempt": attempt.id}).all()


def received(attempt: Attempt) -> Sequence[Response]:
    """Everything that the server received for an attempt, in its order."""
    query = select(Response).where(Response.attempt_id == attempt.id).order_by(Response.id)
    return db.session.scalars(query).all()


def in_cases(quiz_version_id: int) -> set[int]:
    """Ids of the question versions of a quiz that are asked about the case before them."""
    query = select(QuizQuestion.question_version_id).where(
        QuizQuestion.quiz_version_id == quiz_version_id, QuizQuestion.in_case.is_(True)
    )
    return set(db.session.scalars(query))


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether its time is up, the grace included."""
    return attempt.closes_at is not None and now > attempt.closes_at


@dataclass(frozen=True)
class AnswerSlot:
    """The place that an answer goes to: just what saving it needs."""

    question_id: int
    attempt_id: int
    person_id: int
    state: AttemptState
    closes_at: datetime | None
    type: str
    structure: Mapping[str, Any]
    checked_at: datetime | None = None

    def scope(self) -> Scope:
        """Its person's own."""
        return Scope(person_id=self.person_id)


_SLOT = (
    select(
        _Q.c.id,
        _Q.c.attempt_id,
        _A.c.person_id,
        _A.c.state,
        _A.c.closes_at,
        _V.c.type,
        _V.c.structure,
        _Q.c.checked_at,
    )
    .join(_A, _A.c.id == _Q.c.attempt_id)
    .join(_V, _V.c.id == _Q.c.question_version_id)
    .where(_Q.c.position == bindparam("position"))
)
_SLOT_BY_ADDRESS = _SLOT.where(_A.c.public_id == bindparam("address"))
_SLOT_BY_ATTEMPT = _SLOT.where(_A.c.id == bindparam("attempt"))


def slot_by_public_id(public_id: str, position: int) -> AnswerSlot | None:
    """Where an answer goes, by the ids in its address."""
    return _slot(read(_SLOT_BY_ADDRESS, address=public_id, position=position).one_or_none())


def slot_of(attempt: Attempt, position: int) -> AnswerSlot | None:
    """Where the answer to the question at `position` of an attempt goes."""
    return _slot(read(_SLOT_BY_ATTEMPT, attempt=attempt.id, position=position).one_or_none())


def _slot(row: Any) -> AnswerSlot | None:
    return None if row is None else AnswerSlot(*row)


def case_before(question: AttemptQuestion) -> dict[str, Any] | None:
    """The rendered texts of the case study that a question of an attempt is about; None where it is about none."""
    in_case = select(QuizQuestion.in_case).where(
        QuizQuestion.quiz_version_id == question.attempt.quiz_version_id,
        QuizQuestion.question_version_id == question.question_version_id,
    )
    if not db.session.scalar(in_case):
        return None
    earlier = (
        select(QuestionVersion.rendered)
        .join(AttemptQuestion, AttemptQuestion.question_version_id == QuestionVersion.id)
        .where(AttemptQuestion.attempt_id == question.attempt_id, AttemptQuestion.position < question.position)
        .where(QuestionVersion.type.in_([kind.key for kind in all_types() if not kind.asks]))
        .order_by(AttemptQuestion.position.desc())
        .limit(1)
    )
    return db.session.scalar(earlier)
