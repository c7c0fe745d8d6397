"""Starting an attempt."""

import random
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.db import db
from lms.events import emit
from lms.i18n import gettext as _
from lms.quizzes.errors import NoAttemptLeft
from lms.quizzes.events import AttemptStarted
from lms.quizzes.models import Attempt, AttemptQuestion, QuestionScoring, QuizQuestion, QuizVersion
from lms.quizzes.queries import attempts_at, is_over
from lms.quizzes.question_types import type_of
from lms.quizzes.rules import has_passed, is_waiting, may_start, open_attempt
from lms.quizzes.services.grading import close_attempt

SEEDS = 2**31


def start_attempt(person_id: int, quiz: QuizVersion, language: str, now: datetime) -> Attempt:
    """A new attempt at a quiz, or the one that is under way.

    The questions, their order, the order of their options, the marking and the pass mark stay what they are now.
    Raises NoAttemptLeft; UnknownType where a question's type is not installed.
    """
    # Two tabs that start at once get one attempt.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    attempts = attempts_at(quiz, person_id)
    under_way = open_attempt(attempts)
    if under_way is not None and not is_over(under_way, now):
        return under_way
    if under_way is not None:
        close_attempt(under_way, under_way.language, now)
    if not may_start(quiz, attempts):
        raise NoAttemptLeft(_why_not(attempts))
    return _new_attempt(person_id, quiz, len(attempts) + 1, language, now)


def _why_not(attempts: Sequence[Attempt]) -> str:
    if has_passed(attempts):
        return _("You have passed this quiz.")
    if is_waiting(attempts):
        return _("Your last attempt is still being graded.")
    return _("You have no attempt left at this quiz.")


def _new_attempt(person_id: int, quiz: QuizVersion, number: int, language: str, now: datetime) -> Attempt:
    questions = _pinned(quiz)
    deadline = now + timedelta(minutes=quiz.time_limit) if quiz.time_limit else None
    attempt = Attempt(
        person_id=person_id,
        quiz_version_id=quiz.id,
        number=number,
        seed=secrets.randbelow(SEEDS),
        pass_mark=quiz.pass_mark,
        grade_rule=quiz.grade_rule,
        max_mark=sum(question.mark for question in questions),
        language=language,
        deadline=deadline,
        closes_at=deadline + timedelta(minutes=quiz.late) if deadline else None,
        occurred_at=now,
        recorded_at=now,
        recorded_by_id=person_id,
    )
    attempt.questions = _asked(questions, _scorings(questions), attempt.seed, shuffle=quiz.shuffle)
    db.session.add(attempt)
    db.session.flush()
    version = quiz.module_version
    emit(AttemptStarted(now, person_id, attempt.id, person_id, version.module_id, version.id, quiz.key))
    return attempt


def _pinned(quiz: QuizVersion) -> Sequence[QuizQuestion]:
    query = select(QuizQuestion).where(QuizQuestion.quiz_version_id == quiz.id).order_by(QuizQuestion.position)
    return db.session.scalars(query.options(joinedload(QuizQuestion.question_version))).all()


def _scorings(questions: Sequence[QuizQuestion]) -> dict[int, int]:
    """The scoring in force of each question version: the last one."""
    rows = db.session.execute(
        select(QuestionScoring.question_version_id, QuestionScoring.id)
        .where(QuestionScoring.question_version_id.in_([question.question_version_id for question in questions]))
        .order_by(QuestionScoring.number)
    )
    return {row.question_version_id: row.id for row in rows}


def _asked(
    questions: Sequence[QuizQuestion], scorings: dict[int, int], seed: int, *, shuffle: bool
) -> list[AttemptQuestion]:
    order = random.Random(seed)  # noqa: S311 - a fixed order, not a secret
    groups = _together(questions)
    groups = order.sample(groups, len(groups)) if shuffle else groups
    asked = [question for group in groups for question in group]
    return [
        AttemptQuestion(
            question_version_id=question.question_version_id,
            scoring_id=scorings[question.question_version_id],
            position=position,
            option_order=_options(question, order, shuffle=shuffle),
            mark=question.mark,
        )
        for position, question in enumerate(asked, start=1)
    ]


def _together(questions: Sequence[QuizQuestion]) -> list[list[QuizQuestion]]:
    """The questions in groups that are never parted: a case study with those about it."""
    groups: list[list[QuizQuestion]] = []
    for question in questions:
        if question.in_case and groups:
            groups[-1].append(question)
        else:
            groups.append([question])
    return groups


def _options(question: QuizQuestion, order: random.Random, *, shuffle: bool) -> list[str]:
    version = question.question_version
    return type_of(version.type).arrange(version.structure, order, shuffle=shuffle)
