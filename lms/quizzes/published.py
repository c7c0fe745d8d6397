"""Quizzes and questions as published, kept in memory: a version never changes, so nothing here grows old.

By UUID or public id: unlike a number neither names another version, in whatever database (decision 0011). Scoring is
not here, for it changes, and nothing that a module can change later.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, select

from lms.db import read
from lms.kept import Kept
from lms.quizzes.models import QuestionVersion, QuizQuestion, QuizVersion
from lms.training.models import ModuleVersion

MOST_QUIZZES = 512
MOST_QUESTIONS = 8192


@dataclass(frozen=True)
class PublishedQuestion:
    """What a question version asks. Its parts are everybody's: who reads them changes nothing in them."""

    type: str
    structure: Mapping[str, Any]
    text: Mapping[str, Any]
    rendered: Mapping[str, Any]


@dataclass(frozen=True)
class Pinned:
    """A question pinned into a quiz, with what starting an attempt needs of it."""

    question_version_id: int
    question_id: int
    mark: float
    in_case: bool
    tags: list[Any]
    pool: str | None
    type: str
    structure: Mapping[str, Any]


@dataclass(frozen=True)
class PublishedQuiz:
    """A quiz version's rules, and its questions in their order."""

    id: int
    key: str
    before: str | None
    pass_mark: int
    grade_rule: str
    max_attempts: int
    shuffle: bool
    show_key: str
    time_limit: int | None
    delay: int
    late: int
    opens_on: date | None
    closes_on: date | None
    feedback: str
    certainty: bool
    draws: list[Any]
    pools: list[Any]
    module_version_id: int
    module_id: int
    edition_id: int
    #: Key of the entry quiz that is compared with it.
    entry: str | None
    questions: tuple[Pinned, ...] = ()

    def is_compared_by(self, number: int, *, again: bool) -> bool:
        """Whether marking her attempt of that number, for the first time or again, can say what the module taught.

        The first one counts, and whoever has just submitted an entry quiz has not begun the other one yet.
        """
        return number == 1 and (self.entry is not None or (self.before is not None and again))


class QuizPlace(NamedTuple):
    """Which quiz it is, whatever its correction: its key in an edition of a module."""

    key: str
    edition_id: int
    module_id: int


_QUIZ, _PIN, _QUESTION, _VERSION = (
    cast(Table, model.__table__) for model in (QuizVersion, QuizQuestion, QuestionVersion, ModuleVersion)
)
_RULES = [each.name for each in fields(PublishedQuiz)][:-4]
_OTHER = _QUIZ.alias("other")
_ENTRY = (
    select(_OTHER.c.key)
    .where(_OTHER.c.module_version_id == _QUIZ.c.module_version_id, _OTHER.c.before == _QUIZ.c.key)
    .scalar_subquery()
)
_QUIZZES = (
    select(*(_QUIZ.c[name] for name in _RULES), _VERSION.c.module_id, _VERSION.c.edition_id, _ENTRY.label("entry"))
    .join(_VERSION, _VERSION.c.id == _QUIZ.c.module_version_id)
    .where(_QUIZ.c.uid == bindparam("uid"))
)
_PLACES = (
    select(_QUIZ.c.key, _VERSION.c.edition_id, _VERSION.c.module_id)
    .join(_VERSION, _VERSION.c.id == _QUIZ.c.module_version_id)
    .where(_QUIZ.c.public_id == bindparam("address"))
)
_PINNED = (
    select(
        _PIN.c.question_version_id,
        _QUESTION.c.question_id,
        _PIN.c.mark,
        _PIN.c.in_case,
        _PIN.c.tags,
        _PIN.c.pool,
        _QUESTION.c.type,
        _QUESTION.c.structure,
    )
    .join(_QUESTION, _QUESTION.c.id == _PIN.c.question_version_id)
    .where(_PIN.c.quiz_version_id == bindparam("quiz"))
    .order_by(_PIN.c.position)
)
_QUESTIONS = select(
    _QUESTION.c.uid, _QUESTION.c.type, _QUESTION.c.structure, _QUESTION.c.text, _QUESTION.c.rendered
).where(_QUESTION.c.uid.in_(bindparam("uids", expanding=True)))

_quizzes: Kept[PublishedQuiz] = Kept(MOST_QUIZZES)
_places: Kept[QuizPlace] = Kept(MOST_QUIZZES)
_questions: Kept[PublishedQuestion] = Kept(MOST_QUESTIONS)


def published_quiz(uid: uuid.UUID) -> PublishedQuiz:
    """The quiz version of that UUID."""
    kept = _quizzes.get(uid)
    if kept is None:
        rules: Any = read(_QUIZZES, uid=uid).one()
        rows: Sequence[Any] = read(_PINNED, quiz=rules.id).all()
        questions = tuple(Pinned(*row) for row in rows)
        kept = _quizzes.keep(uid, PublishedQuiz(**rules._asdict(), questions=questions))
    return kept


def quiz_place(public_id: str) -> QuizPlace | None:
    """Which quiz the id in an address names."""
    kept = _places.get(public_id)
    if kept is None:
        row: Any = read(_PLACES, address=public_id).one_or_none()
        if row is None:
            return None
        kept = _places.keep(public_id, QuizPlace(*row))
    return kept


def published_questions(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, PublishedQuestion]:
    """The question versions of those UUIDs; one statement for all that are not in memory yet."""
    found: dict[uuid.UUID, PublishedQuestion] = {}
    missing = []
    for uid in uids:
        kept = _questions.get(uid)
        if kept is None:
            missing.append(uid)
        else:
            found[uid] = kept
    if missing:
        for row in read(_QUESTIONS, uids=missing):
            question = PublishedQuestion(row.type, row.structure, row.text, row.rendered)
            found[row.uid] = _questions.keep(row.uid, question)
    return found
