"""Reads of cohorts. The number of statements never grows with rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import selectinload

from lms.accounts.models import Person
from lms.cohorts.models import Cohort, CohortMember, CohortModule
from lms.db import Texts, db
from lms.organizations.models import Membership, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on


def cohort_by_public_id(cohort_id: str) -> Cohort | None:
    """The cohort with that public id, its modules loaded."""
    query = select(Cohort).where(Cohort.public_id == cohort_id)
    return db.session.scalars(query.options(selectinload(Cohort.modules).joinedload(CohortModule.module))).one_or_none()


def cohorts_of(network_ids: Collection[int], *, site: bool) -> Sequence[Row[tuple[Cohort, int]]]:
    """The cohorts of these networks, and the site's where `site`, the newest first, with how many people each has."""
    counted = (
        select(CohortMember.cohort_id, func.count().label("people"))
        .where(CohortMember.left_at.is_(None))
        .group_by(CohortMember.cohort_id)
        .subquery()
    )
    return db.session.execute(
        select(Cohort, func.coalesce(counted.c.people, 0))
        .outerjoin(counted, counted.c.cohort_id == Cohort.id)
        .where(or_(Cohort.network_id.in_(network_ids), Cohort.network_id.is_(None) if site else false()))
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    ).all()


@dataclass(frozen=True)
class Learner:
    """A person as a trainer may see her: by name where her organization shares names, else by number."""

    person_id: int
    public_id: str
    organization: Texts
    number: int
    name: str | None
    #: Where a reminder reaches her, and in which language; None: nowhere.
    mail: str | None
    language: str


def _people(network_id: int | None, day: date) -> Select[Any]:
    """The people of a network's organizations on a day; of all organizations for the site (None)."""
    numbered = (
        select(
            Membership.organization_id,
            Membership.person_id,
            func.row_number()
            .over(partition_by=Membership.organization_id, order_by=func.min(Membership.id))
            .label("number"),
        )
        .group_by(Membership.organization_id, Membership.person_id)
        .subquery()
    )
    same = and_(numbered.c.organization_id == Organization.id, numbered.c.person_id == Person.id)
    query = (
        select(Person, Organization.names, Organization.shares_names, numbered.c.number)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .join(numbered, same)
        .where(confirmed_on(day), Person.erased_at.is_(None))
        .order_by(Membership.id)
    )
    if network_id is None:
        return query
    inside = (NetworkMembership.network_id == network_id, in_force(NetworkMembership, day))
    return query.where(Organization.id.in_(select(NetworkMembership.organization_id).where(*inside)))


def _learners(query: Select[Any]) -> list[Learner]:
    """Each person once; those with names first, by name."""
    found: dict[int, tuple[tuple[bool, str, int], Learner]] = {}
    for person, names, shares, number in db.session.execute(query):
        if person.id in found:
            continue
        name = person.display_name if shares else None
        mail = person.email if person.email_key else None
        learner = Learner(person.id, person.public_id, names, number, name, mail, person.language)
        found[person.id] = ((not shares, person.sort_key if shares else "", number), learner)
    return [learner for _key, learner in sorted(found.values(), key=lambda pair: pair[0])]


def learners_of(cohort: Cohort, day: date) -> list[Learner]:
    """Who is in it: nobody whose membership in the scope has ended."""
    there = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort.id, CohortMember.left_at.is_(None))
    return _learners(_people(cohort.network_id, day).where(Person.id.in_(there)))


def learners_in(network_id: int | None, person_ids: Collection[int], day: date) -> dict[int, Learner]:
    """These people as trainers of a network (None: of the site) may see them; who is outside of it is left out."""
    found = _learners(_people(network_id, day).where(Person.id.in_(person_ids)))
    return {learner.person_id: learner for learner in found}


def candidates_of(cohort: Cohort, organization_id: int, day: date) -> list[Learner]:
    """The people of an organization in its scope who are not in it yet."""
    there = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort.id, CohortMember.left_at.is_(None))
    query = _people(cohort.network_id, day).where(Organization.id == organization_id, Person.id.not_in(there))
    return _learners(query)


def organizations_for(cohort: Cohort, day: date) -> Sequence[Organization]:
    """The organizations in its scope on a day."""
    query = select(Organization).order_by(Organization.sort_fa, Organization.id)
    if cohort.network_id is not None:
        inside = (NetworkMembership.network_id == cohort.network_id, in_force(NetworkMembership, day))
        query = query.where(Organization.id.in_(select(NetworkMembership.organization_id).where(*inside)))
    return db.session.scalars(query).all()


def cohorts_with(person_id: int) -> Sequence[Row[Texts, datetime, datetime | None]]:
    """The cohorts that a person was ever in: names, since when, until when."""
    return db.session.execute(
        select(Cohort.names, CohortMember.added_at, CohortMember.left_at)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(CohortMember.person_id == person_id)
        .order_by(CohortMember.id)
    ).all()
