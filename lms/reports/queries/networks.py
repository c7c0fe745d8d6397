"""Networks to choose from, and what there is to filter by."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from lms.db import db
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.queries import in_force


def administered(network_ids: Collection[int], language: str) -> list[Network]:
    """The networks of these ids, sorted by name."""
    networks = db.session.scalars(select(Network).where(Network.id.in_(network_ids)))
    return sorted(networks, key=lambda network: (getattr(network, f"sort_{language}"), network.id))


def countries_of(network_id: int, day: date) -> list[str]:
    """Codes of the countries of a network's organizations on a day."""
    found = db.session.scalars(
        select(Organization.country)
        .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
        .where(NetworkMembership.network_id == network_id, in_force(NetworkMembership, day))
        .where(Organization.country.is_not(None))
        .distinct()
    )
    return [code for code in found if code]
