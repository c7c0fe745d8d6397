"""Starting an attempt."""

import random
import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.db import db
from lms.events import emit
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.drawing import drawn, together
from lms.quizzes.errors import NoAttemptLeft, NotOpen
from lms.quizzes.events import AttemptStarted
from lms.quizzes.models import (
    Attempt,
    AttemptQuestion,
    QuestionScoring,
    QuestionVersion,
    QuizQuestion,
    QuizVersion,
)
from lms.quizzes.queries import attempts_at, is_over
from lms.quizzes.question_types import type_of
from lms.quizzes.rules import has_passed, is_waiting, may_start, open_attempt
from lms.quizzes.services.grading import close_attempt
from lms.quizzes.term_queries import terms_for
from lms.quizzes.terms import Terms

SEEDS = 2**31


def start_attempt(person_id: int, quiz: QuizVersion, language: str, now: datetime) -> Attempt:
    """A new attempt at a quiz, or the one that is under way.

    The questions, their order, the order of their options, the marking, the pass mark and the rule stay what they are
    now. Raises NoAttemptLeft; NotOpen before and after its days, and before the delay is over; UnknownType where a
    question's type is not installed.
    """
    # Two tabs that start at once get one attempt.
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    attempts = attempts_at(quiz, person_id)
    under_way = open_attempt(attempts)
    if under_way is not None and not is_over(under_way, now):
        return under_way
    if under_way is not None:
        close_attempt(under_way, under_way.language, now)
    terms = terms_for(quiz, person_id)
    _refuse(terms, attempts, now)
    return _new_attempt(person_id, quiz, terms, attempts, language, now)


def _refuse(terms: Terms, attempts: Sequence[Attempt], now: datetime) -> None:
    if not may_start(terms, attempts):
        raise NoAttemptLeft(_why_not(attempts))
    if terms.is_closed(now):
        raise NotOpen(_("The last day of this quiz is over."))
    first = terms.waits_until(attempts, now)
    if first is not None:
        raise NotOpen(_("You can start from %(time)s.", time=reader().datetime(first)))


def _why_not(attempts: Sequence[Attempt]) -> str:
    if has_passed(attempts):
        return _("You have passed this quiz.")
    if is_waiting(attempts):
        return _("Your last attempt is still being graded.")
    return _("You have no attempt left at this quiz.")


def _new_attempt(
    person_id: int, quiz: QuizVersion, terms: Terms, attempts: Sequence[Attempt], language: str, now: datetime
) -> Attempt:
    seed, deadline = secrets.randbelow(SEEDS), terms.deadline(now)
    order = random.Random(seed)  # noqa: S311 - a fixed order, not a secret
    questions = _chosen(quiz, person_id, order)
    attempt = Attempt(
        person_id=person_id,
        quiz_version_id=quiz.id,
        number=len(attempts) + 1,
        seed=seed,
        pass_mark=quiz.pass_mark,
        grade_rule=quiz.grade_rule,
        max_mark=sum(question.mark for question in questions),
        language=language,
        deadline=deadline,
        closes_at=deadline + terms.late if deadline else None,
        occurred_at=now,
        recorded_at=now,
        recorded_by_id=person_id,
    )
    attempt.questions = _asked(questions, _scorings(questions), order, shuffle=quiz.shuffle)
    db.session.add(attempt)
    db.session.flush()
    version = quiz.module_version
    emit(AttemptStarted(now, person_id, attempt.id, person_id, version.module_id, version.id, quiz.key))
    return attempt


def _pinned(quiz: QuizVersion) -> Sequence[QuizQuestion]:
    query = select(QuizQuestion).where(QuizQuestion.quiz_version_id == quiz.id).order_by(QuizQuestion.position)
    return db.session.scalars(query.options(joinedload(QuizQuestion.question_version))).all()


def _chosen(quiz: QuizVersion, person_id: int, order: random.Random) -> list[QuizQuestion]:
    """The questions to ask, in their order: drawn where the quiz draws, shuffled where it shuffles."""
    groups = together(_pinned(quiz))
    if quiz.draws or quiz.pools:
        asked = [group[0].question_version.question_id for group in groups]
        met = _met(person_id, asked)
        groups = drawn(groups, quiz.draws, [met[question] for question in asked], order, quiz.pools)
    if quiz.shuffle:
        groups = order.sample(groups, len(groups))
    return [question for group in groups for question in group]


def _met(person_id: int, questions: Sequence[int]) -> Counter[int]:
    """How often her attempts asked each question, in any of its versions and any quiz of the module."""
    found = db.session.scalars(
        select(QuestionVersion.question_id)
        .join(AttemptQuestion, AttemptQuestion.question_version_id == QuestionVersion.id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(Attempt.person_id == person_id, QuestionVersion.question_id.in_(questions))
    )
    return Counter(found)


def _scorings(questions: Sequence[QuizQuestion]) -> dict[int, int]:
    """The scoring in force of each question version: the last one."""
    rows = db.session.execute(
        select(QuestionScoring.question_version_id, QuestionScoring.id)
        .where(QuestionScoring.question_version_id.in_([question.question_version_id for question in questions]))
        .order_by(QuestionScoring.number)
    )
    return {row.question_version_id: row.id for row in rows}


def _asked(
    questions: Sequence[QuizQuestion], scorings: dict[int, int], order: random.Random, *, shuffle: bool
) -> list[AttemptQuestion]:
    return [
        AttemptQuestion(
            question_version_id=question.question_version_id,
            scoring_id=scorings[question.question_version_id],
            position=position,
            option_order=_options(question, order, shuffle=shuffle),
            mark=question.mark,
        )
        for position, question in enumerate(questions, start=1)
    ]


def _options(question: QuizQuestion, order: random.Random, *, shuffle: bool) -> list[str]:
    version = question.question_version
    return type_of(version.type).arrange(version.structure, order, shuffle=shuffle)
