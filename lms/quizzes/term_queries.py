"""What holds for one person at one quiz, in one statement."""

from typing import Any

from sqlalchemy import CompoundSelect, Date, Integer, String, bindparam, cast, literal, null, select, union_all

from lms.cohorts.models import CohortMember, CohortModule
from lms.db import read
from lms.organizations.models import Network
from lms.quizzes.models import QuizVersion
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.terms import Allowance, AnyQuiz, Days, Terms, terms_of
from lms.setup import current_settings
from lms.training.models import Module

_PERSON = bindparam("person", type_=Integer())
_MODULE = bindparam("module", type_=Integer())
_HER_COHORTS = select(CohortMember.cohort_id).where(CohortMember.person_id == _PERSON, CohortMember.left_at.is_(None))
_NO_DAY, _NO_NUMBER, _NO_TEXT = cast(null(), Date), cast(null(), Integer), cast(null(), String)
_TERMS: CompoundSelect[Any] = union_all(
    select(
        literal("allowance").label("kind"),
        _NO_DAY.label("opens_on"),
        Accommodation.closes_on.label("closes_on"),
        Accommodation.extra_minutes.label("minutes"),
        Accommodation.extra_attempts.label("attempts"),
        _NO_TEXT.label("zone"),
    ).where(
        Accommodation.module_id == _MODULE,
        Accommodation.quiz_key.in_(["", bindparam("quiz")]),
        Accommodation.ended_at.is_(None),
        (Accommodation.person_id == _PERSON) | Accommodation.cohort_id.in_(_HER_COHORTS),
    ),
    select(literal("cohort"), CohortModule.opens_on, CohortModule.closes_on, _NO_NUMBER, _NO_NUMBER, _NO_TEXT).where(
        CohortModule.module_id == _MODULE, CohortModule.cohort_id.in_(_HER_COHORTS)
    ),
    select(literal("zone"), _NO_DAY, _NO_DAY, _NO_NUMBER, _NO_NUMBER, Network.time_zone)
    .join(Module, Module.network_id == Network.id)
    .where(Module.id == _MODULE),
)


def terms_for(quiz: QuizVersion, person_id: int) -> Terms:
    """The terms on which she may take it; the quiz comes with its version."""
    return terms_at(quiz, quiz.module_version.module_id, person_id)


def terms_at(quiz: AnyQuiz, module_id: int, person_id: int) -> Terms:
    """`terms_for`, where the quiz's module is known."""
    rows = read(_TERMS, person=person_id, module=module_id, quiz=quiz.key).all()
    zone = next((row.zone for row in rows if row.kind == "zone"), current_settings().time_zone)
    return terms_of(
        quiz,
        zone,
        [Days(row.opens_on, row.closes_on) for row in rows if row.kind == "cohort"],
        [Allowance(row.minutes, row.attempts, row.closes_on) for row in rows if row.kind == "allowance"],
    )
