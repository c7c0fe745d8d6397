"""Claiming answers and giving verdicts on them. None of these commits: callers run them in a write unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.grading.models import GradingTask, Purpose, Stage, Verdict
from lms.grading.queries import Wanted, next_for
from lms.i18n import gettext as _
from lms.quizzes.models import Attempt, AttemptQuestion, QuizVersion
from lms.quizzes.question_types import Content
from lms.quizzes.question_types.rubric import share_of
from lms.quizzes.rubrics import Reading
from lms.quizzes.services import set_verdict
from lms.security.actor import Actor

LEASE = timedelta(minutes=30)
"""How long an answer is kept for who claimed it."""
LONGEST_COMMENT = 10_000
ROUNDING = 1e-9


def make_tasks(attempt_id: int, now: datetime) -> list[GradingTask]:
    """A task for each answer of a submitted attempt that waits for a grader."""
    waiting = db.session.scalars(
        select(AttemptQuestion.id)
        .where(AttemptQuestion.attempt_id == attempt_id, AttemptQuestion.fraction.is_(None))
        .order_by(AttemptQuestion.position)
    )
    tasks = [GradingTask(attempt_question_id=each, attempt_id=attempt_id, waiting_since=now) for each in waiting]
    db.session.add_all(tasks)
    db.session.flush()
    return tasks


def claim_next(actor: Actor, wanted: Wanted, now: datetime) -> GradingTask | None:
    """Take the next answer of those wanted that she may grade; None where there is none.

    What she has claimed already comes first; after it the oldest. Two who ask at once get two answers.
    """
    task = next_for(actor, wanted, now)
    if task is not None:
        _take(task, actor.person_id, now)
    return task


def claim(task_id: int, actor: Actor, now: datetime) -> GradingTask:
    """Take this answer. Raises NotAllowed where somebody else has it, or where she may not read it any more."""
    task = _locked(task_id)
    _refuse_unless_hers(task, actor.person_id, now)
    _take(task, actor.person_id, now)
    return task


def release(task_id: int, actor: Actor) -> None:
    """Put an answer back that she has claimed."""
    task = _locked(task_id)
    if task.claimed_by_id == actor.person_id:
        task.claimed_by_id = task.claimed_until = None


def give_verdict(
    task_id: int, stage: str, levels: Mapping[str, str], comment: str, *, actor: Actor, now: datetime
) -> GradingTask:
    """Say what an answer is worth, as the reader whose turn it was when the page was made (`stage`).

    One reader: it stands. Two: the second does not see the first, their average stands where they are near enough,
    else a third person decides. Raises DomainError, and NotAllowed where it is not hers to grade now.
    """
    task = _locked(task_id)
    if task.stage != stage:
        raise NotAllowed(_("Somebody else has graded this answer meanwhile. What you typed was not saved."))
    _refuse_unless_hers(task, actor.person_id, now)
    _add(task, Purpose(stage), levels, comment, actor, now)
    task.claimed_by_id = task.claimed_until = None
    task.stage = _after(task)
    if task.stage == Stage.DONE:
        task.done_at = now
        _settle(task, counting(task.verdicts), actor.person_id, now)
    return task


def grade_again(
    task_id: int, levels: Mapping[str, str], comment: str, reason: str, *, actor: Actor, now: datetime
) -> GradingTask:
    """Change what a graded answer is worth: a verdict of its own, which stands from now on. Raises DomainError."""
    task = _locked(task_id)
    if task.stage != Stage.DONE:
        raise NotAllowed(_("This answer is not graded yet."))
    if not reason.strip():
        raise DomainError(_("Say why it is graded again."), "reason")
    _add(task, Purpose.REGRADE, levels, comment, actor, now).reason = reason
    _settle(task, counting(task.verdicts), actor.person_id, now)
    return task


def counting(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Those verdicts of a graded answer that make its mark: the last regrade, else who decided, else all."""
    for purpose in (Purpose.REGRADE, Purpose.DECIDING):
        found = [verdict for verdict in verdicts if verdict.purpose == purpose]
        if found:
            return found[-1:]
    return list(verdicts)


def _take(task: GradingTask, person_id: int, now: datetime) -> None:
    task.claimed_by_id, task.claimed_until = person_id, now + LEASE


def _refuse_unless_hers(task: GradingTask, person_id: int, now: datetime) -> None:
    if task.stage == Stage.DONE:
        raise NotAllowed(_("This answer is graded."))
    if task.is_held(person_id, now):
        raise NotAllowed(_("Somebody else is grading this answer."))
    if any(verdict.grader_id == person_id for verdict in task.verdicts):
        raise NotAllowed(_("You have read this answer already; now it is somebody else's turn."))


def _add(
    task: GradingTask, purpose: Purpose, levels: Mapping[str, str], comment: str, actor: Actor, now: datetime
) -> Verdict:
    verdict = Verdict(
        grader_id=actor.person_id,
        purpose=purpose,
        levels=dict(levels),
        fraction=_share(task.attempt_question, levels),
        comment=_checked(comment),
        created_at=now,
    )
    task.verdicts.append(verdict)
    db.session.flush()
    return verdict


def _share(question: AttemptQuestion, levels: Mapping[str, str]) -> float:
    asked = question.question_version
    try:
        return share_of(Content(asked.structure, question.scoring.scoring, asked.text), levels)
    except ValueError as error:
        raise DomainError(_("Choose a level for each criterion."), str(error)) from None


def _checked(comment: str) -> str:
    if len(comment) > LONGEST_COMMENT:
        raise DomainError(_("This comment is too long."), "comment")
    return comment


def _after(task: GradingTask) -> Stage:
    """Whose turn it is after the last verdict."""
    quiz = task.attempt_question.attempt.quiz
    if task.stage == Stage.FIRST and quiz.readers > 1:
        return Stage.SECOND
    if task.stage == Stage.SECOND:
        first, second = task.verdicts
        apart = abs(first.fraction - second.fraction) * 100
        return Stage.DECIDING if apart > quiz.difference + ROUNDING else Stage.DONE
    return Stage.DONE


def _settle(task: GradingTask, verdicts: Sequence[Verdict], actor_id: int, now: datetime) -> None:
    fraction = sum(verdict.fraction for verdict in verdicts) / len(verdicts)
    readings = [Reading(verdict.levels, verdict.comment) for verdict in verdicts]
    db.session.flush()
    set_verdict(task.attempt_question, fraction, readings, actor_id=actor_id, now=now)


def _locked(task_id: int) -> GradingTask:
    question = joinedload(GradingTask.attempt_question)
    query = (
        select(GradingTask)
        .where(GradingTask.id == task_id)
        .options(
            selectinload(GradingTask.verdicts),
            question.joinedload(AttemptQuestion.question_version),
            question.joinedload(AttemptQuestion.scoring),
            question.joinedload(AttemptQuestion.attempt)
            .joinedload(Attempt.quiz)
            .joinedload(QuizVersion.module_version),
        )
        .with_for_update(of=GradingTask)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one()
