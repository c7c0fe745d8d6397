"""Reads of quizzes and attempts. The number of statements never grows with rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from lms.security.actor import Scope
from lms.training.models import ModuleVersion

GRACE = timedelta(seconds=60)
"""After the deadline answers are taken for as long as a poor connection needs."""


def quiz_by_public_id(public_id: str) -> QuizVersion | None:
    """A quiz with its module, by the id in its address."""
    query = select(QuizVersion).where(QuizVersion.public_id == public_id)
    module = joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module)
    return db.session.scalars(query.options(module)).one_or_none()


def newest_of(quiz: QuizVersion) -> QuizVersion:
    """The same quiz in the newest correction of its edition."""
    query = (
        select(QuizVersion)
        .join(QuizVersion.module_version)
        .where(QuizVersion.key == quiz.key, ModuleVersion.edition_id == quiz.module_version.edition_id)
        .order_by(ModuleVersion.number.desc())
        .limit(1)
    )
    module = contains_eager(QuizVersion.module_version).joinedload(ModuleVersion.module)
    return db.session.scalars(query.options(module)).one()


def question_count(quiz: QuizVersion) -> int:
    """How many questions a quiz asks."""
    counted = select(func.count()).where(QuizQuestion.quiz_version_id == quiz.id)
    return db.session.scalar(counted) or 0


def attempts_at(quiz: QuizVersion, person_id: int) -> Sequence[Attempt]:
    """A person's attempts at a quiz in any correction of its edition, the first one first."""
    query = (
        select(Attempt)
        .join(Attempt.quiz)
        .join(QuizVersion.module_version)
        .where(Attempt.person_id == person_id, QuizVersion.key == quiz.key)
        .where(ModuleVersion.edition_id == quiz.module_version.edition_id)
        .order_by(Attempt.id)
    )
    return db.session.scalars(query).all()


def attempt_by_public_id(public_id: str) -> Attempt | None:
    """An attempt with its quiz and module, by the id in its address."""
    query = select(Attempt).where(Attempt.public_id == public_id)
    module = joinedload(Attempt.quiz).joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module)
    return db.session.scalars(query.options(module)).one_or_none()


def questions_of(attempt: Attempt) -> Sequence[AttemptQuestion]:
    """An attempt's questions in order, with what is asked and how it is marked, in one statement."""
    query = (
        select(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id)
        .order_by(AttemptQuestion.position)
        .options(joinedload(AttemptQuestion.question_version), joinedload(AttemptQuestion.scoring))
    )
    # Answers are written past the session's objects.
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def received(attempt: Attempt) -> Sequence[Row[int, dict[str, Any] | None, str, datetime]]:
    """Everything that the server received for an attempt, in its order: position, answer, language, when."""
    query = (
        select(AttemptQuestion.position, Response.answer, Response.language, Response.recorded_at)
        .join(AttemptQuestion, AttemptQuestion.id == Response.attempt_question_id)
        .where(Response.attempt_id == attempt.id)
        .order_by(Response.id)
    )
    return db.session.execute(query).all()


def is_over(attempt: Attempt, now: datetime) -> bool:
    """Whether its time is up, the grace included."""
    return attempt.deadline is not None and now > attempt.deadline + GRACE


@dataclass(frozen=True)
class AnswerSlot:
    """The place that an answer goes to: just what saving it needs."""

    question_id: int
    attempt_id: int
    person_id: int
    state: AttemptState
    deadline: datetime | None
    type: str
    structure: Mapping[str, Any]

    def scope(self) -> Scope:
        """Its person's own."""
        return Scope(person_id=self.person_id)


# Built once, on tables: it runs at every answer, and building it would cost ten times what running it does.
_Q, _A, _V = (cast(Table, model.__table__) for model in (AttemptQuestion, Attempt, QuestionVersion))
_SLOT = (
    select(_Q.c.id, _Q.c.attempt_id, _A.c.person_id, _A.c.state, _A.c.deadline, _V.c.type, _V.c.structure)
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
