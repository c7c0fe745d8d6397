"""Networks to choose from, and what there is to filter by."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Date, Integer, Select, bindparam, func, select

from lms.db import db, read
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.reports.queries.shared import unindexed


def administered(network_ids: Collection[int], language: str) -> list[Network]:
    """The networks of these ids, sorted by name."""
    networks = db.session.scalars(select(Network).where(Network.id.in_(network_ids)))
    return sorted(networks, key=lambda network: (getattr(network, f"sort_{language}"), network.id))


def _countries() -> Select[str]:
    """Countries of organizations of the network ":network" on the day ":day".

    Each country that any organization is in is found by a step in an index, and kept where one organization of it is in
    the network: reading the country of every organization would cost more with each.
    """
    every = select(func.min(Organization.country).label("code")).cte("every_country", recursive=True)
    following = select(func.min(Organization.country)).where(Organization.country > every.c.code).scalar_subquery()
    every = every.union_all(select(following).where(every.c.code.is_not(None)))
    here = (
        select(Organization.id)
        .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
        .where(
            Organization.country == every.c.code,
            # From the organizations of the country: there are few of a country that the network has not got.
            unindexed(NetworkMembership.network_id) == bindparam("network", type_=Integer()),
            in_force(NetworkMembership, bindparam("day", type_=Date())),
        )
    )
    return select(every.c.code).where(here.exists())


COUNTRIES = _countries()


def countries_of(network_id: int, day: date) -> list[str]:
    """Codes of the countries of a network's organizations on a day."""
    return list(read(COUNTRIES, network=network_id, day=day).scalars())
