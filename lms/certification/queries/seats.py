"""Where in the networks a person or an organization sits: whose cycles something concerns."""

from datetime import date

from sqlalchemy import select

from lms.db import db
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force

#: Organization id and network id.
Seat = tuple[int, int]


def seats_of_organization(organization_id: int, day: date) -> list[Seat]:
    """The networks that an organization belongs to on a day."""
    rows = db.session.execute(
        select(NetworkMembership.organization_id, NetworkMembership.network_id)
        .where(NetworkMembership.organization_id == organization_id, in_force(NetworkMembership, day))
        .distinct()
        .order_by(NetworkMembership.network_id)
    )
    return [(organization, network) for organization, network in rows]


def seats_of_person(person_id: int, day: date) -> list[Seat]:
    """The organizations that a person is a confirmed member of on a day, in each of their networks."""
    rows = db.session.execute(
        select(NetworkMembership.organization_id, NetworkMembership.network_id)
        .join(Membership, Membership.organization_id == NetworkMembership.organization_id)
        .where(Membership.person_id == person_id, Membership.confirmed_at.is_not(None))
        .where(in_force(Membership, day), in_force(NetworkMembership, day))
        .distinct()
        .order_by(NetworkMembership.organization_id, NetworkMembership.network_id)
    )
    return [(organization, network) for organization, network in rows]
