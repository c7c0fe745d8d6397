"""What is asked before an attempt starts, in one statement: everybody of a course starts in the same minute."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Boolean, Integer, String, Table, Uuid, bindparam, null, select, union_all
from sqlalchemy import cast as as_type

from lms.db import Instant, read
from lms.quizzes.models import Attempt, QuizVersion
from lms.quizzes.published import PublishedQuiz, QuizPlace, published_quiz
from lms.quizzes.term_queries import COLUMNS, rows_of, term_rows, terms_from
from lms.quizzes.terms import Terms
from lms.training.models import ModuleVersion

_A, _Z, _M = (cast(Table, model.__table__) for model in (Attempt, QuizVersion, ModuleVersion))
_ROWS = {
    **COLUMNS,
    "uid": as_type(null(), Uuid()),
    # What `lms.quizzes.rules` asks of attempts.
    "id": as_type(null(), Integer),
    "public_id": as_type(null(), String),
    "state": as_type(null(), String),
    "passed": as_type(null(), Boolean),
    "submitted_at": as_type(null(), Instant()),
    "closes_at": as_type(null(), Instant()),
    "language": as_type(null(), String),
}
_KEY, _EDITION = bindparam("quiz", type_=String()), bindparam("edition", type_=Integer())
_NEWEST = (
    select(_Z.c.uid)
    .join(_M, _M.c.id == _Z.c.module_version_id)
    .where(_Z.c.key == _KEY, _M.c.edition_id == _EDITION)
    .order_by(_M.c.number.desc())
    .limit(1)
    .subquery()
)
_ATTEMPTS = (
    rows_of("attempt", _ROWS, **{name: _A.c[name] for name in list(_ROWS)[len(COLUMNS) + 1 :]})
    .join(_Z, _Z.c.id == _A.c.quiz_version_id)
    .join(_M, _M.c.id == _Z.c.module_version_id)
    .where(_A.c.person_id == bindparam("person"), _Z.c.key == _KEY, _M.c.edition_id == _EDITION)
)
_BEFORE = union_all(*term_rows(_ROWS), rows_of("quiz", _ROWS, uid=_NEWEST.c.uid), _ATTEMPTS)


class Before(NamedTuple):
    """The quiz in the newest correction of its edition, her terms, and her attempts in any correction."""

    quiz: PublishedQuiz
    terms: Terms
    attempts: Sequence[Any]


def before_start(person_id: int, place: QuizPlace) -> Before:
    """What holds for her before she starts."""
    rows: Sequence[Any] = read(
        _BEFORE, person=person_id, module=place.module_id, quiz=place.key, edition=place.edition_id
    ).all()
    quiz = published_quiz(next(row.uid for row in rows if row.kind == "quiz"))
    return Before(quiz, terms_from(rows, quiz), [row for row in rows if row.kind == "attempt"])
