"""A network's organizations, a part at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Row

from lms.accounts.models import Person
from lms.api.cursors import Asked, Part, part_of
from lms.db import Texts, db
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on
from lms.reports.queries.certificates import Certificate, certificates


@dataclass(frozen=True)
class Listed:
    """An organization as its network sees it today."""

    id: str
    names: Texts
    city: Texts
    country: str | None
    since: date
    shares_names: bool
    people: int
    certificate: Certificate | None


def organizations_of(network: Network, day: date, asked: Asked) -> Part[Listed]:
    """The members of a network on a day, in the order in which they came into being: three statements."""
    after = asked.after[0] if asked.after else 0
    part = part_of(_rows(network, day, Organization.id > after, asked.limit + 1), asked, lambda row: (row.id,))
    return Part(_listed(part.items, network, day), part.after)


def organization_of(network: Network, organization: Organization, day: date) -> Listed:
    """One of them: three statements."""
    [found] = _listed(_rows(network, day, Organization.id == organization.id, 1), network, day)
    return found


def _rows(network: Network, day: date, condition: ColumnElement[bool], limit: int) -> Sequence[Row[Any]]:
    columns: list[Any] = [
        *(Organization.id, Organization.public_id, Organization.names, Organization.city, Organization.country),
        Organization.shares_names,
        func.min(NetworkMembership.starts_on).label("since"),
    ]
    return db.session.execute(
        select(*columns)
        .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
        .where(NetworkMembership.network_id == network.id, in_force(NetworkMembership, day), condition)
        .group_by(Organization.id)
        .order_by(Organization.id)
        .limit(limit)
    ).all()


def _listed(rows: Sequence[Row[Any]], network: Network, day: date) -> list[Listed]:
    ids = [row.id for row in rows]
    people, held = _people(ids, day), certificates(ids, network.id, day)
    return [
        Listed(
            *(row.public_id, row.names, row.city, row.country, row.since, row.shares_names),
            people.get(row.id, 0),
            held.get(row.id),
        )
        for row in rows
    ]


def _people(ids: Collection[int], day: date) -> dict[int, int]:
    rows = db.session.execute(
        select(Membership.organization_id, func.count(Membership.person_id.distinct()))
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organization_id.in_(ids), confirmed_on(day), Person.erased_at.is_(None))
        .group_by(Membership.organization_id)
    )
    return dict(rows.all())
