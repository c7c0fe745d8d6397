"""Networks and the organizations in them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import contains_eager

from lms.accounts.models import Person
from lms.clock import today
from lms.db import db
from lms.organizations.models import Grant, Network, NetworkMembership, Organization
from lms.organizations.queries.force import in_force
from lms.organizations.queries.search import matching, sort_column
from lms.paging import Page, page_of
from lms.security.actor import Role


def network_by_public_id(public_id: str) -> Network | None:
    """The network with that public id."""
    return db.session.scalars(select(Network).where(Network.public_id == public_id)).one_or_none()


def all_networks(language: str, ids: Collection[int] | None = None) -> list[Row[Any]]:
    """Networks (those with the ids, or all) in the order of a language, as (Network, organizations today)."""
    counted = (
        select(NetworkMembership.network_id, func.count().label("organizations"))
        .where(in_force(NetworkMembership, today()))
        .group_by(NetworkMembership.network_id)
        .subquery()
    )
    query = (
        select(Network, func.coalesce(counted.c.organizations, 0).label("organizations"))
        .outerjoin(counted, counted.c.network_id == Network.id)
        .order_by(sort_column(Network, language), Network.id)
    )
    if ids is not None:
        query = query.where(Network.id.in_(ids))
    return list(db.session.execute(query).all())


def organizations_of(
    network: Network, *, day: date, language: str, search: str = "", former: bool = False, page: int = 1
) -> Page[NetworkMembership]:
    """Organizations of a network on a day (or those that left), by their last membership."""
    latest = _latest(network.id)
    query = (
        select(NetworkMembership)
        .join(NetworkMembership.organization)
        .options(contains_eager(NetworkMembership.organization))
        .where(NetworkMembership.id.in_(latest))
        .order_by(sort_column(Organization, language), Organization.id)
    )
    inside = in_force(NetworkMembership, day)
    query = query.where(~inside if former else inside)
    found = page_of(matching(query, Organization.folded, search), page)
    return Page([row[0] for row in found.items], found.number, found.total, found.size)


def _latest(network_id: int) -> Select[Any]:
    """Ids of the last membership of each organization: who came back is no former member."""
    return (
        select(func.max(NetworkMembership.id))
        .where(NetworkMembership.network_id == network_id)
        .group_by(NetworkMembership.organization_id)
    )


def link_of(network: str, organization: str) -> NetworkMembership | None:
    """The last membership of an organization in a network, by their public ids."""
    query = (
        select(NetworkMembership)
        .join(NetworkMembership.network)
        .join(NetworkMembership.organization)
        .options(contains_eager(NetworkMembership.network), contains_eager(NetworkMembership.organization))
        .where(Network.public_id == network, Organization.public_id == organization)
        .order_by(NetworkMembership.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def organization_count(network_id: int, day: date) -> int:
    """How many organizations a network has on a day."""
    inside = (NetworkMembership.network_id == network_id, in_force(NetworkMembership, day))
    return db.session.scalar(select(func.count(NetworkMembership.organization_id.distinct())).where(*inside)) or 0


def admins_of(network_id: int) -> list[Grant]:
    """The grants by which people administer a network today, in the order of their names."""
    return holders_of(network_id, Role.NETWORK_ADMIN)


def holders_of(network_id: int, role: Role) -> list[Grant]:
    """The grants of a role over a network today, in the order of their holders' names."""
    query = (
        select(Grant)
        .join(Grant.person)
        .options(contains_eager(Grant.person))
        .where(Grant.role == role, Grant.network_id == network_id, in_force(Grant, today()))
        .order_by(Person.sort_key, Person.id)
    )
    return list(db.session.scalars(query))


def admin_of(public_id: str, person: str) -> Grant | None:
    """The grant by which a person administers a network today, both by their public ids."""
    return holder_of(public_id, person, Role.NETWORK_ADMIN)


def holder_of(public_id: str, person: str, role: Role) -> Grant | None:
    """The grant by which a person has a role over a network today, both by their public ids."""
    query = (
        select(Grant)
        .join(Grant.person)
        .join(Grant.network)
        .where(Network.public_id == public_id, Person.public_id == person)
        .where(Grant.role == role, in_force(Grant, today()))
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()
