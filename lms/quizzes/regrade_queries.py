"""Reads for regrading: which answers are marked by a scoring that holds no more, and what a new one changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.db import db
from lms.paging import Page, page_of
from lms.quizzes.models import (
    Attempt,
    AttemptQuestion,
    AttemptState,
    Question,
    QuestionVersion,
    QuizVersion,
)
from lms.quizzes.policy_models import MarkChange, Regrade, RegradeState
from lms.quizzes.question_types import find_type
from lms.training.models import ModuleVersion


@dataclass(frozen=True)
class Outdated:
    """A question version whose answers are marked by another scoring than the question has now."""

    version: QuestionVersion
    scoring: dict[str, Any]
    attempts: int


def scoring_of(question: Question, version: QuestionVersion) -> dict[str, Any]:
    """What holds for answers to a version: what the newest one says, where it asks the same; else its own last word."""
    newest = question.versions[-1]
    same = (newest.type, newest.structure) == (version.type, version.structure)
    return (newest if same else version).scorings[-1].scoring


def outdated_in(module_id: int) -> list[Outdated]:
    """The question versions of a module that can be marked anew, in four statements."""
    versions = selectinload(Question.versions).selectinload(QuestionVersion.scorings)
    questions = db.session.scalars(select(Question).where(Question.module_id == module_id).options(versions)).all()
    used: dict[int, list[Row[int, int, int]]] = {}
    for row in db.session.execute(_use_of(module_id)):
        used.setdefault(row[0], []).append(row)
    found = []
    for question in questions:
        for version in question.versions:
            wanted, kind = scoring_of(question, version), find_type(version.type)
            old = {scoring.id for scoring in version.scorings if scoring.scoring != wanted}
            attempts = sum(row[2] for row in used.get(version.id, ()) if row[1] in old)
            if attempts and kind is not None and kind.marked and not kind.by_hand:
                found.append(Outdated(version, wanted, attempts))
    return found


def _use_of(module_id: int) -> Any:
    """How many attempts have each question version marked by each scoring."""
    return (
        select(AttemptQuestion.question_version_id, AttemptQuestion.scoring_id, func.count())
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.module_id == module_id)
        .group_by(AttemptQuestion.question_version_id, AttemptQuestion.scoring_id)
    )


def regrade_by_public_id(public_id: str) -> Regrade | None:
    """The regrade with that public id."""
    return db.session.scalars(select(Regrade).where(Regrade.public_id == public_id)).one_or_none()


def regrades_of(module_id: int) -> Sequence[Row[Regrade, QuestionVersion]]:
    """The regrades of a module that were done or are under way, the newest first."""
    return db.session.execute(
        select(Regrade, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == Regrade.question_version_id)
        .where(Regrade.module_id == module_id, Regrade.state != RegradeState.DROPPED)
        .order_by(Regrade.id.desc())
    ).all()


@dataclass(frozen=True)
class Counts:
    """How many marks a regrade changes, and which way."""

    changed: int
    up: int
    down: int
    now_passed: int
    not_passed: int


def counts_of(regrade: Regrade) -> Counts:
    """Of all its changes, in one statement."""
    up, down = MarkChange.mark_after > MarkChange.mark_before, MarkChange.mark_after < MarkChange.mark_before
    won = MarkChange.passed_after.is_(True) & MarkChange.passed_before.is_(False)
    lost = MarkChange.passed_after.is_(False) & MarkChange.passed_before.is_(True)
    cuts: list[Any] = [func.count().filter(each) for each in (up, down, won, lost)]
    query: Select[Any] = select(func.count(), *cuts).where(MarkChange.regrade_id == regrade.id)
    changed, ups, downs, wins, losses = db.session.execute(query).one()
    return Counts(changed, ups, downs, wins, losses)


def changes_of(regrade: Regrade, page: int) -> Page[Any]:
    """A page of its changes, those first that change whether somebody passes: (MarkChange, Attempt)."""
    turned = MarkChange.passed_after != MarkChange.passed_before
    query: Any = (
        select(MarkChange, Attempt)
        .join(Attempt, Attempt.id == MarkChange.attempt_id)
        .where(MarkChange.regrade_id == regrade.id)
        .order_by(turned.desc(), MarkChange.id)
    )
    return page_of(query, page)


def who_lose(regrade: Regrade) -> list[int]:
    """Ids of the people with an attempt that passes no more."""
    query = (
        select(Attempt.person_id)
        .join(MarkChange, MarkChange.attempt_id == Attempt.id)
        .where(MarkChange.regrade_id == regrade.id, MarkChange.passed_before.is_(True))
        .where(MarkChange.passed_after.is_(False))
    )
    return list(db.session.scalars(query.distinct()))


def applied_to(attempt_id: int) -> Sequence[MarkChange]:
    """What regrades changed in an attempt, the first one first."""
    query = select(MarkChange).where(MarkChange.attempt_id == attempt_id, MarkChange.applied_at.is_not(None))
    return db.session.scalars(query.order_by(MarkChange.id)).all()


def people_to_regrade(version_id: int, scoring_id: int, after: int, limit: int) -> list[int]:
    """Ids of the next people with submitted answers to a question version that another scoring marks."""
    asked = exists().where(AttemptQuestion.attempt_id == Attempt.id, *_is_stale(version_id, scoring_id))
    query = (
        select(Attempt.person_id)
        .where(Attempt.person_id > after, Attempt.submitted_at.is_not(None), asked)
        .distinct()
        .order_by(Attempt.person_id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def count_to_regrade(version_id: int, scoring_id: int) -> int:
    """How many people there are."""
    people = _stale(version_id, scoring_id).with_only_columns(func.count(Attempt.person_id.distinct()))
    return db.session.scalar(people) or 0


def _stale(version_id: int, scoring_id: int) -> Any:
    return (
        select(AttemptQuestion)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(
            AttemptQuestion.question_version_id == version_id,
            AttemptQuestion.scoring_id != scoring_id,
            Attempt.submitted_at.is_not(None),
        )
    )


def _is_stale(version_id: int, scoring_id: int) -> tuple[ColumnElement[bool], ...]:
    """`_stale` for those who know whose answers they look at: by the index of people or attempts, and never by that of
    questions, which would go through all answers once for each of the many steps.
    """
    return AttemptQuestion.question_version_id + 0 == version_id, AttemptQuestion.scoring_id != scoring_id


def answers_to_regrade(version_id: int, scoring_id: int, person_ids: Sequence[int]) -> Sequence[AttemptQuestion]:
    """Their answers, with what is asked."""
    query = (
        select(AttemptQuestion)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(Attempt.person_id.in_(person_ids), Attempt.submitted_at.is_not(None))
        .where(*_is_stale(version_id, scoring_id))
    )
    asked = joinedload(AttemptQuestion.question_version, innerjoin=True)
    quiz = joinedload(AttemptQuestion.attempt, innerjoin=True).joinedload(Attempt.quiz, innerjoin=True)
    found: Sequence[AttemptQuestion] = db.session.scalars(query.options(asked, quiz)).all()
    return found


def chains_of(module_id: int, person_ids: Sequence[int]) -> list[list[Attempt]]:
    """Their graded attempts at each quiz of a module, those of one person at one quiz in the order of their numbers.

    The attempts are locked until the end of the transaction where it writes.
    """
    query = (
        select(Attempt)
        .join(Attempt.quiz)
        .join(QuizVersion.module_version)
        .where(ModuleVersion.module_id == module_id, Attempt.person_id.in_(person_ids))
        .where(Attempt.state == AttemptState.GRADED)
        .order_by(Attempt.person_id, Attempt.number, Attempt.id)
        .options(contains_eager(Attempt.quiz).contains_eager(QuizVersion.module_version))
        .with_for_update(of=Attempt)
    )
    chains: dict[tuple[int, int | None, str], list[Attempt]] = {}
    for attempt in db.session.scalars(query):
        key = (attempt.person_id, attempt.quiz.module_version.edition_id, attempt.quiz.key)
        chains.setdefault(key, []).append(attempt)
    return list(chains.values())


def sums_of(attempt_ids: Collection[int]) -> dict[int, float]:
    """What the answers of attempts are worth together, below 0 too."""
    worth = func.sum(AttemptQuestion.mark * func.coalesce(AttemptQuestion.fraction, 0))
    rows = db.session.execute(
        select(AttemptQuestion.attempt_id, worth)
        .where(AttemptQuestion.attempt_id.in_(attempt_ids))
        .group_by(AttemptQuestion.attempt_id)
    )
    return {row[0]: float(row[1]) for row in rows}
