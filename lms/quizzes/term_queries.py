"""What holds for one person at one quiz, in one statement."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, String, bindparam, cast, literal, null, select, union_all

from lms.cohorts.models import CohortMember, CohortModule
from lms.db import read
from lms.organizations.models import Network
from lms.quizzes.models import QuizVersion
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.terms import Allowance, AnyQuiz, Days, Terms, terms_of
from lms.setup import current_settings
from lms.training.models import Module

Columns = Mapping[str, ColumnElement[Any]]
COLUMNS: Columns = {
    "opens_on": cast(null(), Date),
    "closes_on": cast(null(), Date),
    "minutes": cast(null(), Integer),
    "attempts": cast(null(), Integer),
    "zone": cast(null(), String),
}
"""What the rows of terms have, each kind of them some."""
_PERSON = bindparam("person", type_=Integer())
_MODULE = bindparam("module", type_=Integer())
_HER_COHORTS = select(CohortMember.cohort_id).where(CohortMember.person_id == _PERSON, CohortMember.left_at.is_(None))


def rows_of(kind: str, columns: Columns, **known: Any) -> Select[Any]:
    """Rows of one kind, for a statement that asks for several: what they know, and NULL in the other columns."""
    values = [known.get(name, column).label(name) for name, column in columns.items()]
    return select(literal(kind).label("kind"), *values)


def term_rows(columns: Columns) -> list[Select[Any]]:
    """The rows that `terms_from` makes terms of: `:person`, `:module` and the key of the `:quiz` say whose."""
    allowances = rows_of(
        "allowance",
        columns,
        closes_on=Accommodation.closes_on,
        minutes=Accommodation.extra_minutes,
        attempts=Accommodation.extra_attempts,
    ).where(
        Accommodation.module_id == _MODULE,
        Accommodation.quiz_key.in_(["", bindparam("quiz")]),
        Accommodation.ended_at.is_(None),
        (Accommodation.person_id == _PERSON) | Accommodation.cohort_id.in_(_HER_COHORTS),
    )
    cohorts = rows_of("cohort", columns, opens_on=CohortModule.opens_on, closes_on=CohortModule.closes_on).where(
        CohortModule.module_id == _MODULE, CohortModule.cohort_id.in_(_HER_COHORTS)
    )
    zone = rows_of("zone", columns, zone=Network.time_zone).join(Module, Module.network_id == Network.id)
    return [allowances, cohorts, zone.where(Module.id == _MODULE)]


_TERMS = union_all(*term_rows(COLUMNS))


def terms_for(quiz: QuizVersion, person_id: int) -> Terms:
    """The terms on which she may take it; the quiz comes with its version."""
    rows = read(_TERMS, person=person_id, module=quiz.module_version.module_id, quiz=quiz.key).all()
    return terms_from(rows, quiz)


def terms_from(rows: Iterable[Any], quiz: AnyQuiz) -> Terms:
    """The terms that rows of `term_rows` tell of, rows of other kinds among them."""
    kinds: dict[str, list[Any]] = {"allowance": [], "cohort": [], "zone": []}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return terms_of(
        quiz,
        kinds["zone"][0].zone if kinds["zone"] else current_settings().time_zone,
        [Days(row.opens_on, row.closes_on) for row in kinds["cohort"]],
        [Allowance(row.minutes, row.attempts, row.closes_on) for row in kinds["allowance"]],
    )
