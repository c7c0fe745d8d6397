"""Who is in a network's organizations: by name where the organization shares names, else by number.

The rules are those of `lms.reports.queries.persons`, for all organizations of a network at once; tests compare the two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.api.cursors import Asked, Keys, Part, part_of
from lms.db import Texts, db
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import Stage, ways_of

Numbers = dict[tuple[int, int], int]
"""(Organization id, person id) to the number by which she is told."""


@dataclass(frozen=True)
class Place:
    """An organization, as rows name it."""

    id: str
    names: Texts


@dataclass(frozen=True)
class Reached:
    """How far somebody is with a module (by its public id)."""

    module: str
    state: Stage


@dataclass(frozen=True)
class Listed:
    """One of the people of an organization, with how far she is with each module."""

    id: str
    organization: Place
    name: str | None
    number: int | None
    modules: tuple[Reached, ...]


def _first_in_force(model: type[Membership] | type[NetworkMembership], same: str, day: date) -> ColumnElement[bool]:
    """SQL: it is in force on a day, and of two at once with the same `same` and organization the older one."""
    older: Any = aliased(model)
    twin = (older.organization_id == model.organization_id) & (getattr(older, same) == getattr(model, same))
    before = twin & in_force(older, day) & (older.id < model.id)
    if model is Membership:
        before &= older.confirmed_at.is_not(None)
    return in_force(model, day) & ~exists().where(before)


def numbers_of(organization_ids: Collection[int]) -> Numbers:
    """The numbers of everybody who ever was in the organizations, in the order in which they came. One statement."""
    number = func.row_number().over(partition_by=Membership.organization_id, order_by=func.min(Membership.id))
    rows = db.session.execute(
        select(Membership.organization_id, Membership.person_id, number.label("number"))
        .where(Membership.organization_id.in_(organization_ids))
        .group_by(Membership.organization_id, Membership.person_id)
    )
    return {(row.organization_id, row.person_id): row.number for row in rows}


def members_of(
    network: Network, day: date, after: Keys, limit: int, organization: str = "", *also: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    """Memberships that count, of all organizations or of one (public id), in the order of organization and membership;
    from the one after those keys on. One statement, that reads no further than it has to.
    """
    columns: list[Any] = [
        *(Membership.id, Membership.public_id, Membership.organization_id, Membership.person_id),
        *(Organization.public_id.label("organization"), Organization.names, Organization.shares_names),
        Person.display_name,
    ]
    query: Select[Any] = (
        select(*columns)
        .select_from(NetworkMembership)
        .join(Membership, Membership.organization_id == NetworkMembership.organization_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .where(NetworkMembership.network_id == network.id, _first_in_force(NetworkMembership, "network_id", day))
        .where(Membership.confirmed_at.is_not(None), _first_in_force(Membership, "person_id", day))
        .where(Person.erased_at.is_(None), *also)
        .order_by(NetworkMembership.organization_id, Membership.id)
        .limit(limit)
    )
    if organization:
        query = query.where(Organization.public_id == organization)
    if after:
        place, last = after
        # Said twice, so that both engines begin at the organization and do not pass over those before it.
        there = NetworkMembership.organization_id
        query = query.where(there >= place, (there > place) | (Membership.id > last))
    return db.session.execute(query).all()


def people_of(
    network: Network, modules: Collection[ReportModule], day: date, asked: Asked, organization: str = ""
) -> Part[Listed]:
    """The people of a network's organizations, or of one (public id), a part at a time: four statements."""
    rows = members_of(network, day, asked.after, asked.limit + 1, organization)
    part = part_of(rows, asked, lambda row: (row.organization_id, row.id))
    numbers = numbers_of({row.organization_id for row in part.items if not row.shares_names})
    ways = ways_of([row.person_id for row in part.items], list(modules), details=False)
    found = [
        Listed(
            row.public_id,
            Place(row.organization, row.names),
            row.display_name if row.shares_names else None,
            None if row.shares_names else numbers[row.organization_id, row.person_id],
            tuple(Reached(module.public_id, ways[row.person_id, module.id].stage) for module in modules),
        )
        for row in part.items
    ]
    return Part(found, part.after)
