"""Who belongs where on a day."""

from datetime import date

from sqlalchemy import ColumnElement, select

from lms.accounts.models import Person
from lms.clock import today
from lms.db import db
from lms.organizations.models import Grant, Membership, Network, NetworkMembership, Organization
from lms.organizations.queries.force import in_force
from lms.security.actor import Role


def networks_of(organization: Organization, day: date | None = None) -> list[Network]:
    """The networks that an organization belongs to on a day (today), oldest membership first."""
    query = (
        select(Network)
        .join(NetworkMembership, NetworkMembership.network_id == Network.id)
        .where(NetworkMembership.organization_id == organization.id, in_force(NetworkMembership, day or today()))
        .order_by(NetworkMembership.id)
    )
    return list(db.session.scalars(query))


def networks_of_person(person_id: int, day: date) -> frozenset[int]:
    """Ids of the networks that may know a person on a day: organizations that confirmed her are their members."""
    query = (
        select(NetworkMembership.network_id)
        .join(Membership, Membership.organization_id == NetworkMembership.organization_id)
        .where(Membership.person_id == person_id, in_force(NetworkMembership, day), confirmed_on(day))
    )
    return frozenset(db.session.scalars(query))


def current_members(organization_id: int, day: date) -> list[Person]:
    """The people of an organization on a day: confirmed and in force, in the order of their names."""
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organization_id == organization_id, confirmed_on(day))
        .order_by(Person.sort_key, Person.id)
    )
    return list(db.session.scalars(query))


def confirmed_on(day: date) -> ColumnElement[bool]:
    """SQL: the membership counts on a day."""
    return Membership.confirmed_at.is_not(None) & in_force(Membership, day)


def managers_of(organization_id: int, day: date | None = None) -> list[Person]:
    """Who manages an organization on a day (today), in the order of their names."""
    query = (
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == Role.MANAGER, Grant.organization_id == organization_id, in_force(Grant, day or today()))
        .order_by(Person.sort_key, Person.id)
    )
    return list(db.session.scalars(query))
