"""Reads of the queue: what waits, for whom, and what was said. The number of statements never grows with rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lms.clock import today
from lms.db import Instant, Texts, db, read
from lms.grading.models import GradingTask, Stage, Verdict
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on, networks_of_person
from lms.quizzes.models import Attempt, AttemptQuestion, Question, QuestionVersion, QuizVersion
from lms.security.actor import Actor, Scope
from lms.security.predicates import grading_networks, trains_site
from lms.training.models import Module, ModuleVersion


@dataclass(frozen=True)
class Wanted:
    """Which answers a grader goes through: those to a question, or those of a quiz, an attempt's one after another."""

    question_id: int | None = None
    quiz: tuple[int, str] | None = None
    """Id of the module and key of the quiz."""
    attempt_id: int | None = None


def knows_learner(networks: frozenset[int], day: date) -> ColumnElement[bool]:
    """Whether one of these networks may know the attempt's person on a day: a confirmed member of its member.

    Asked for each answer that waits: a list of all its people would grow with the network.
    """
    return exists(
        select(Membership.id)
        .join(NetworkMembership, NetworkMembership.organization_id == Membership.organization_id)
        .where(Membership.person_id == Attempt.person_id, confirmed_on(day))
        .where(NetworkMembership.network_id.in_(networks), in_force(NetworkMembership, day))
        .correlate(Attempt)
    )


def gradable_by(actor: Actor, day: date) -> ColumnElement[bool]:
    """The answers that she may grade: the SQL twin of the policy's `grades`."""
    networks = grading_networks(actor)
    return and_(
        Attempt.person_id != actor.person_id,
        or_(
            Module.network_id.is_(None) if trains_site(actor) else false(),
            Module.network_id.in_(networks),
            knows_learner(networks, day),
        ),
    )


def _tasks(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(GradingTask)
        .join(AttemptQuestion, AttemptQuestion.id == GradingTask.attempt_question_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.question_version_id)
        .join(Attempt, Attempt.id == GradingTask.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .join(Module, Module.id == ModuleVersion.module_id)
    )


def _waiting_for(actor: Actor, day: date | None = None) -> ColumnElement[bool]:
    """Those that wait for somebody like her: a second or deciding reader has not read the answer before."""
    read = exists().where(Verdict.task_id == GradingTask.id, Verdict.grader_id == actor.person_id)
    return and_(GradingTask.stage != Stage.DONE, gradable_by(actor, day or today()), ~read)


def _held(actor: Actor, now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Somebody else has it to herself: the SQL twin of `GradingTask.is_held`."""
    return and_(
        GradingTask.claimed_until.is_not(None),
        GradingTask.claimed_until > now,
        GradingTask.claimed_by_id != actor.person_id,
    )


def next_for(actor: Actor, wanted: Wanted, now: datetime) -> GradingTask | None:
    """The answer to grade next, its row locked; those that others are just taking are passed over."""
    query = _tasks(GradingTask).where(_waiting_for(actor), ~_held(actor, now))
    if wanted.question_id is not None:
        query = query.where(QuestionVersion.question_id == wanted.question_id)
    if wanted.quiz is not None:
        query = query.where(Module.id == wanted.quiz[0], QuizVersion.key == wanted.quiz[1])
    first = [case((GradingTask.claimed_by_id == actor.person_id, 0), else_=1)]
    if wanted.attempt_id is not None:
        first.append(case((GradingTask.attempt_id == wanted.attempt_id, 0), else_=1))
    query = query.order_by(*first, GradingTask.waiting_since, GradingTask.id).limit(1)
    found: GradingTask | None = db.session.scalars(query.with_for_update(of=GradingTask, skip_locked=True)).first()
    return found


@dataclass(frozen=True)
class Waiting:
    """The answers to one question that wait."""

    quiz_id: str
    module: Texts
    quiz: Texts
    question: str
    #: The question's rendered texts by language.
    texts: dict[str, Any]
    count: int
    #: Of these, those that others are grading.
    held: int
    oldest: datetime
    due_at: datetime


def waiting_for(actor: Actor, now: datetime) -> list[Waiting]:
    """What waits for her, question by question, the oldest answer first."""
    rows = db.session.execute(
        _tasks(
            Question.uid,
            func.count(),
            func.sum(case((_held(actor, now), 1), else_=0)),
            func.min(GradingTask.waiting_since),
            func.max(QuizVersion.id),
            func.max(QuestionVersion.id),
        )
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(_waiting_for(actor))
        .group_by(Module.id, QuizVersion.key, Question.id, Question.uid)
        .order_by(func.min(GradingTask.waiting_since), Question.id)
    ).all()
    quizzes = _quizzes([row[4] for row in rows])
    texts = _texts([row[5] for row in rows])
    return [
        Waiting(
            quiz_id=quizzes[quiz].public_id,
            module=quizzes[quiz].module_titles,
            quiz=quizzes[quiz].titles,
            question=str(uid),
            texts=texts[question],
            count=count,
            held=held,
            oldest=oldest,
            due_at=oldest + timedelta(days=quizzes[quiz].grading_days),
        )
        for uid, count, held, oldest, quiz, question in rows
    ]


def count_waiting(actor: Actor, now: datetime) -> int:
    """How many answers wait for her, those left out that somebody else is grading."""
    return read(_count_for(actor, today()), now=now).scalar() or 0


@lru_cache(maxsize=256)
def _count_for(actor: Actor, day: date) -> Select[int]:
    # Every page of hers asks it, and building it costs several times what asking it does.
    now = bindparam("now", type_=Instant())
    return _tasks(func.count()).where(_waiting_for(actor, day), ~_held(actor, now))


def _quizzes(ids: Sequence[int]) -> dict[int, Any]:
    query = (
        select(
            QuizVersion.id,
            QuizVersion.public_id,
            QuizVersion.titles,
            QuizVersion.grading_days,
            Module.titles.label("module_titles"),
        )
        .join(ModuleVersion, ModuleVersion.id == QuizVersion.module_version_id)
        .join(Module, Module.id == ModuleVersion.module_id)
        .where(QuizVersion.id.in_(ids))
    )
    return {row.id: row for row in db.session.execute(query)}


def _texts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    query = select(QuestionVersion.id, QuestionVersion.rendered).where(QuestionVersion.id.in_(ids))
    return {row.id: row.rendered for row in db.session.execute(query)}


def graded_by_people(actor: Actor) -> Select[Any]:
    """The graded answers that she may see, the latest first: task, prompt's texts, titles of quiz, share, mark."""
    return (
        _tasks(
            GradingTask.public_id,
            GradingTask.done_at,
            QuestionVersion.rendered,
            QuizVersion.titles,
            AttemptQuestion.fraction,
            AttemptQuestion.mark,
        )
        .where(GradingTask.stage == Stage.DONE, gradable_by(actor, today()))
        .order_by(GradingTask.done_at.desc(), GradingTask.id.desc())
    )


@dataclass(frozen=True)
class Gradable:
    """An answer in the queue, and the networks that may know its learner today."""

    task: GradingTask
    learner_networks: frozenset[int]

    @property
    def question(self) -> AttemptQuestion:
        """What was asked and answered."""
        return self.task.attempt_question

    @property
    def module(self) -> Module:
        """The module of its quiz."""
        return self.question.attempt.quiz.module_version.module

    def scope(self) -> Scope:
        """Its module's owner, its learner and her networks."""
        owner = self.module.scope()
        networks = owner.network_ids | self.learner_networks
        return Scope(person_id=self.question.attempt.person_id, network_ids=networks, site=owner.site)


def gradable(task_id: str) -> Gradable | None:
    """An answer in the queue, by the id in its address."""
    question = joinedload(GradingTask.attempt_question)
    quiz = question.joinedload(AttemptQuestion.attempt).joinedload(Attempt.quiz)
    query = (
        select(GradingTask)
        .where(GradingTask.public_id == task_id)
        .options(
            quiz.joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module),
            question.joinedload(AttemptQuestion.question_version),
            question.joinedload(AttemptQuestion.scoring),
            selectinload(GradingTask.verdicts).joinedload(Verdict.grader),
        )
    )
    task = db.session.scalars(query).one_or_none()
    if task is None:
        return None
    return Gradable(task, networks_of_person(task.attempt_question.attempt.person_id, today()))


# Asked whenever an attempt is graded later than it was submitted.
_QUEUED = select(GradingTask.id).where(GradingTask.attempt_id == bindparam("attempt")).limit(1)


def was_graded_by_people(attempt_id: int) -> bool:
    """Whether some of an attempt went through the queue."""
    return read(_QUEUED, attempt=attempt_id).first() is not None


def question_by_uid(uid: Any) -> Question | None:
    """A question by what the queue's form names it."""
    return db.session.scalars(select(Question).where(Question.uid == uid)).one_or_none()
