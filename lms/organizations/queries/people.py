"""The people of an organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.accounts.models import Person
from lms.db import db, read
from lms.organizations.models import RETURN_WITHIN, Grant, Membership, Organization
from lms.organizations.queries.belonging import confirmed_on
from lms.organizations.queries.force import in_force
from lms.paging import Page, page_of, part_of
from lms.security.actor import Role
from lms.text import fold_key, search_terms

MOST_FORMER = 50


@dataclass(frozen=True)
class Member:
    """A person of an organization, and whether she manages it."""

    membership: Membership
    person: Person
    manages: bool


def membership_by_public_id(public_id: str) -> Membership | None:
    """The membership with that public id, its person and organization loaded; none of somebody who was erased."""
    query = (
        select(Membership)
        .join(Membership.person)
        .where(Membership.public_id == public_id, Person.erased_at.is_(None))
        .options(contains_eager(Membership.person), joinedload(Membership.organization))
    )
    return db.session.scalars(query).one_or_none()


def membership_of(organization_id: int, person_id: int, day: date) -> Membership | None:
    """The membership of a person in an organization that is in force on a day, confirmed or not."""
    query = select(Membership).where(
        Membership.organization_id == organization_id,
        Membership.person_id == person_id,
        in_force(Membership, day),
    )
    return db.session.scalars(query.limit(1)).one_or_none()


# Built once: every home page asks it.
_AWAITED = (
    select(Membership.public_id, Organization.names)
    .join(Organization, Organization.id == Membership.organization_id)
    .where(Membership.person_id == bindparam("person"), Membership.confirmed_at.is_(None))
    .where(in_force(Membership, bindparam("day", type_=Date())))
    .order_by(Membership.id)
)


def awaited_by(person_id: int, day: date) -> Sequence[Row[Any]]:
    """Where a person waits to be confirmed: the membership's public id, the organization's names."""
    return read(_AWAITED, person=person_id, day=day).all()


def members_page(
    organization: Organization, *, day: date, search: str = "", page: int = 1, but: int | None = None
) -> Page[Member]:
    """The confirmed people of an organization on a day (but one), those whose name holds every word of `search`."""
    # Names are folded here, not in the database: an organization's people are few.
    names = db.session.execute(
        select(Membership.id, Person.display_name)
        .join(Membership.person)
        .where(Membership.organization_id == organization.id, confirmed_on(day), Membership.person_id != (but or 0))
        .order_by(Person.sort_key, Person.id)
    )
    terms = search_terms(search)
    found = [id_ for id_, name in names if all(term in fold_key(name) for term in terms)]
    shown = part_of(found, page)
    return Page(_members(organization.id, list(shown.items), day), shown.number, shown.total)


def _members(organization_id: int, ids: list[int], day: date) -> list[Member]:
    managers = set(
        db.session.scalars(
            select(Grant.person_id).where(
                Grant.role == Role.MANAGER, Grant.organization_id == organization_id, in_force(Grant, day)
            )
        )
    )
    rows = db.session.scalars(_with_person().where(Membership.id.in_(ids)))
    return [Member(row, row.person, row.person_id in managers) for row in rows]


def _with_person() -> Select[Any]:
    query = select(Membership).join(Membership.person).options(contains_eager(Membership.person))
    return query.where(Person.erased_at.is_(None)).order_by(Person.sort_key, Person.id)


def confirmed_memberships(organization_id: int, day: date) -> Sequence[Membership]:
    """The memberships that count on a day, with their people, in the order of names."""
    query = _with_person().where(Membership.organization_id == organization_id, confirmed_on(day))
    return db.session.scalars(query).all()


def waiting_of(organization_id: int, day: date, page: int = 1) -> Page[Membership]:
    """Who came by a shared link and waits for the manager, longest first."""
    query = (
        select(Membership)
        .where(Membership.organization_id == organization_id, Membership.confirmed_at.is_(None))
        .where(in_force(Membership, day))
        .options(joinedload(Membership.person))
        .order_by(Membership.id)
    )
    found = page_of(query, page)
    return Page([row[0] for row in found.items], found.number, found.total, found.size)


def returnable_of(organization_id: int, day: date) -> Sequence[Membership]:
    """Memberships that a manager ended within the last month and that have no successor."""
    present = select(Membership.person_id).where(
        Membership.organization_id == organization_id, in_force(Membership, day)
    )
    query = (
        _with_person()
        .where(Membership.organization_id == organization_id, Membership.confirmed_at.is_not(None))
        .where(Membership.ends_on <= day, Membership.ends_on >= day - RETURN_WITHIN)
        .where(Membership.ended_by_id != Membership.person_id, Membership.person_id.not_in(present))
        .limit(MOST_FORMER)
    )
    return db.session.scalars(query).all()
