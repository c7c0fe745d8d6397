"""Starting an attempt: rows past the ORM, for everybody of a course starts in the same minute."""

import random
import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Integer, Table, bindparam, false, func, insert, literal_column, select

from lms.db import db, read, the_connection
from lms.events import emit
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.access import is_before_lessons
from lms.quizzes.drawing import drawn, together
from lms.quizzes.errors import NoAttemptLeft, NotOpen
from lms.quizzes.events import AttemptStarted
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuestionScoring, QuestionVersion, QuizVersion
from lms.quizzes.published import Pinned, PublishedQuiz, QuizPlace
from lms.quizzes.queries import is_over
from lms.quizzes.question_types import type_of
from lms.quizzes.rules import has_passed, is_waiting, may_start, open_attempt
from lms.quizzes.services.grading import submit
from lms.quizzes.start_queries import before_start
from lms.quizzes.terms import Terms
from lms.text import short_id

SEEDS = 2**31

_ATTEMPT, _QUESTION, _SCORING = (cast(Table, model.__table__) for model in (Attempt, AttemptQuestion, QuestionScoring))
_WAIT = select(func.pg_advisory_xact_lock(bindparam("person", type_=Integer())))
_START = insert(_ATTEMPT)
# The scoring in force is the last one. Constants are written out: a value is taken up again for each question.
_IN_FORCE = (
    select(_SCORING.c.id)
    .where(_SCORING.c.question_version_id == bindparam("version"))
    .order_by(_SCORING.c.number.desc())
    .limit(literal_column("1"))
    .offset(literal_column("0"))
    .scalar_subquery()
)
_ASK = (
    insert(_QUESTION)
    .values(
        attempt_id=bindparam("attempt"),
        question_version_id=bindparam("version"),
        scoring_id=_IN_FORCE,
        position=bindparam("place"),
        option_order=bindparam("options"),
        mark=bindparam("worth"),
        flagged=false(),
    )
    .inline()
)
_MET = (
    select(QuestionVersion.question_id)
    .join(AttemptQuestion, AttemptQuestion.question_version_id == QuestionVersion.id)
    .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
    .where(
        Attempt.person_id == bindparam("person"),
        QuestionVersion.question_id.in_(bindparam("questions", expanding=True)),
    )
)


class Started(NamedTuple):
    """An attempt under way."""

    id: int
    public_id: str


def start_attempt(person_id: int, quiz: QuizVersion, language: str, now: datetime) -> Attempt:
    """`start` for a quiz that is loaded already; gives the attempt's row."""
    version = quiz.module_version
    assert version.edition_id is not None
    place = QuizPlace(quiz.key, version.edition_id, version.module_id)
    return db.session.get_one(Attempt, start(person_id, place, language, now).id)


def start(person_id: int, place: QuizPlace, language: str, now: datetime) -> Started:
    """A new attempt at a quiz in the newest correction of its edition, or the one that is under way.

    The questions, their order, the order of their options, the marking, the pass mark and the rule stay what they are
    now. Raises NoAttemptLeft; NotOpen before and after its days, before the delay is over, and for an entry quiz once
    she is past it; UnknownType where a question's type is not installed.
    """
    _wait(person_id)
    before = before_start(person_id, place)
    under_way = open_attempt(before.attempts)
    if under_way is not None and not is_over(under_way, now):
        return Started(under_way.id, under_way.public_id)
    if under_way is not None:
        submit(under_way.id, under_way.language, now)
        before = before_start(person_id, place)
    _refuse(before.terms, before.attempts, now)
    other = before.quiz.before
    if other and not is_before_lessons(person_id, place._replace(key=other)):
        raise NotOpen(_("This quiz asks what you know before the lessons, and you are further on already."))
    return _new_attempt(person_id, *before, language, now)


def _wait(person_id: int) -> None:
    """Two tabs that start at once get one attempt: SQLite's write lock is one for all.

    Her row is not held: whoever has to close an attempt holds that first, then her organizations, and her last.
    """
    if the_connection().dialect.name != "sqlite":
        read(_WAIT, person=person_id)


def _refuse(terms: Terms, attempts: Sequence[Any], now: datetime) -> None:
    if not may_start(terms, attempts):
        raise NoAttemptLeft(_why_not(attempts))
    if terms.is_closed(now):
        raise NotOpen(_("The last day of this quiz is over."))
    first = terms.waits_until(attempts, now)
    if first is not None:
        raise NotOpen(_("You can start from %(time)s.", time=reader().datetime(first)))


def _why_not(attempts: Sequence[Any]) -> str:
    if has_passed(attempts):
        return _("You have passed this quiz.")
    if is_waiting(attempts):
        return _("Your last attempt is still being graded.")
    return _("You have no attempt left at this quiz.")


def _new_attempt(
    person_id: int, quiz: PublishedQuiz, terms: Terms, attempts: Sequence[Any], language: str, now: datetime
) -> Started:
    seed, deadline = secrets.randbelow(SEEDS), terms.deadline(now)
    order = random.Random(seed)  # noqa: S311 - a fixed order, not a secret
    questions = _chosen(quiz, person_id, order)
    public_id = short_id()
    row = {
        "public_id": public_id,
        "person_id": person_id,
        "quiz_version_id": quiz.id,
        "number": len(attempts) + 1,
        "state": AttemptState.OPEN,
        "seed": seed,
        "pass_mark": quiz.pass_mark,
        "grade_rule": quiz.grade_rule,
        "max_mark": sum(question.mark for question in questions),
        "language": language,
        "deadline": deadline,
        "closes_at": deadline + terms.late if deadline else None,
        "occurred_at": now,
        "recorded_at": now,
        "recorded_by_id": person_id,
    }
    connection = the_connection()
    key: Any = connection.execute(_START, row).inserted_primary_key
    attempt_id = key[0]
    if questions:
        connection.execute(_ASK, _asked(attempt_id, questions, order, shuffle=quiz.shuffle))
    emit(AttemptStarted(now, person_id, attempt_id, person_id, quiz.module_id, quiz.module_version_id, quiz.key))
    return Started(attempt_id, public_id)


def _chosen(quiz: PublishedQuiz, person_id: int, order: random.Random) -> list[Pinned]:
    """The questions to ask, in their order: drawn where the quiz draws, shuffled where it shuffles."""
    groups = together(quiz.questions)
    if quiz.draws or quiz.pools:
        asked = [group[0].question_id for group in groups]
        met = _met(person_id, asked)
        groups = drawn(groups, quiz.draws, [met[question] for question in asked], order, quiz.pools)
    if quiz.shuffle:
        groups = order.sample(groups, len(groups))
    return [question for group in groups for question in group]


def _met(person_id: int, questions: Sequence[int]) -> Counter[int]:
    """How often her attempts asked each question, in any of its versions and any quiz of the module."""
    return Counter(read(_MET, person=person_id, questions=questions).scalars())


def _asked(
    attempt_id: int, questions: Sequence[Pinned], order: random.Random, *, shuffle: bool
) -> list[dict[str, Any]]:
    return [
        {
            "attempt": attempt_id,
            "version": question.question_version_id,
            "place": position,
            "options": type_of(question.type).arrange(question.structure, order, shuffle=shuffle),
            "worth": question.mark,
        }
        for position, question in enumerate(questions, start=1)
    ]
