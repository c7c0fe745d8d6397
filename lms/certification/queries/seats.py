"""Where in the networks a person or an organization sits: whose cycles something concerns."""

from datetime import date

from sqlalchemy import Select, select

from lms.db import db
from lms.organizations.models import Membership, NetworkMembership
from lms.organizations.queries import in_force

#: Organization id and network id.
Seat = tuple[int, int]


def seats_in(network_id: int, day: date) -> list[int]:
    """Ids of a network's organizations on a day."""
    return [
        organization_id
        for organization_id, _network in _seats(_on(day).where(NetworkMembership.network_id == network_id))
    ]


def seats_of_organization(organization_id: int, day: date) -> list[Seat]:
    """The networks that an organization belongs to on a day."""
    return _seats(_on(day).where(NetworkMembership.organization_id == organization_id))


def seats_of_person(person_id: int, day: date) -> list[Seat]:
    """The organizations that a person is a confirmed member of on a day, in each of their networks."""
    return _seats(
        _on(day)
        .join(Membership, Membership.organization_id == NetworkMembership.organization_id)
        .where(Membership.person_id == person_id, Membership.confirmed_at.is_not(None), in_force(Membership, day))
    )


def _on(day: date) -> Select[int, int]:
    return select(NetworkMembership.organization_id, NetworkMembership.network_id).where(
        in_force(NetworkMembership, day)
    )


def _seats(query: Select[int, int]) -> list[Seat]:
    ordered = query.distinct().order_by(NetworkMembership.organization_id, NetworkMembership.network_id)
    return [(organization, network) for organization, network in db.session.execute(ordered)]
