"""Reads of allowances."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.db import Texts, db
from lms.quizzes.models import QuizVersion
from lms.quizzes.policy_models import Accommodation
from lms.training.models import Module

_GIVER = aliased(Person)
Listed = Sequence[Row[Accommodation, Texts, str]]
Quizzes = Sequence[Row[int, Texts, str, Texts]]


def _listed() -> Select[Accommodation, Texts, str]:
    """Allowances with their module's titles and who gave them, the newest first."""
    return (
        select(Accommodation, Module.titles, _GIVER.display_name.label("giver"))
        .join(Module, Module.id == Accommodation.module_id)
        .outerjoin(_GIVER, _GIVER.id == Accommodation.created_by_id)
        .order_by(Accommodation.id.desc())
    )


def allowances_of_cohort(cohort_id: int, person_ids: Collection[int], module_ids: Collection[int]) -> Listed:
    """What a cohort and its people were given for these modules."""
    hers = Accommodation.person_id.in_(person_ids)
    query = _listed().where(or_(Accommodation.cohort_id == cohort_id, hers))
    return db.session.execute(query.where(Accommodation.module_id.in_(module_ids))).all()


def allowances_of_person(person_id: int, network_ids: Collection[int]) -> Listed:
    """What one person was given herself, for the site's modules and those of these networks."""
    query = _listed().where(Accommodation.person_id == person_id)
    return db.session.execute(query.where(_theirs(network_ids))).all()


def _theirs(network_ids: Collection[int]) -> ColumnElement[bool]:
    return or_(Module.network_id.is_(None), Module.network_id.in_(network_ids))


def allowance_by_public_id(public_id: str) -> Accommodation | None:
    """The allowance with that public id."""
    return db.session.scalars(select(Accommodation).where(Accommodation.public_id == public_id)).one_or_none()


def is_for(given: Accommodation, network_ids: Collection[int]) -> bool:
    """Whether an allowance is for a module of the site, or of one of these networks."""
    query = select(Module.id).where(Module.id == given.module_id, _theirs(network_ids))
    return db.session.scalar(query) is not None


def quizzes_of(module_ids: Collection[int], network_ids: Collection[int] | None = None) -> Quizzes:
    """The quizzes of modules' current versions, of the site's and these networks' modules where they are given.

    An entry quiz is none of them: of that there is nothing to allow. Module id and titles, key and titles of the quiz.
    """
    query = (
        select(Module.id, Module.titles, QuizVersion.key, QuizVersion.titles.label("quiz"))
        .join(QuizVersion, QuizVersion.module_version_id == Module.current_version_id)
        .where(Module.id.in_(module_ids), QuizVersion.before.is_(None))
        .order_by(Module.id, QuizVersion.position)
    )
    return db.session.execute(query if network_ids is None else query.where(_theirs(network_ids))).all()
