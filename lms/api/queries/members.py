"""Who is in a network's organizations: by name where the organization shares names, else by number.

The rules are those of `lms.reports.queries.persons`, for all organizations of a network at once; tests compare the two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from lms.accounts.models import Person
from lms.api.cursors import Asked, Part, part_of
from lms.db import Texts, db
from lms.organizations.models import Membership, Network, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.belonging import confirmed_on
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.people import organizations_of
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


def counted(network: Network, day: date) -> tuple[ColumnElement[bool], ...]:
    """SQL: a membership that counts in a network on a day; of two at once of the same person the older one."""
    older: Any = aliased(Membership)
    same = (older.organization_id == Membership.organization_id) & (older.person_id == Membership.person_id)
    at_once = older.confirmed_at.is_not(None) & in_force(older, day) & (older.id < Membership.id)
    return (
        Membership.organization_id.in_(organizations_of(network.id, day)),
        confirmed_on(day),
        Person.erased_at.is_(None),
        ~exists().where(same & at_once),
    )


def numbers_of(organization_ids: Collection[int] | Select[int]) -> Numbers:
    """The numbers of everybody who ever was in the organizations, in the order in which they came. One statement."""
    number = func.row_number().over(partition_by=Membership.organization_id, order_by=func.min(Membership.id))
    rows = db.session.execute(
        select(Membership.organization_id, Membership.person_id, number.label("number"))
        .where(Membership.organization_id.in_(organization_ids))
        .group_by(Membership.organization_id, Membership.person_id)
    )
    return {(row.organization_id, row.person_id): row.number for row in rows}


def people_of(
    network: Network, modules: Collection[ReportModule], day: date, asked: Asked, organization: str = ""
) -> Part[Listed]:
    """The people of a network's organizations, or of one (public id), a part at a time: four statements."""
    query = (
        select(
            Membership.id,
            Membership.public_id,
            Membership.organization_id,
            Membership.person_id,
            Organization.public_id.label("organization"),
            Organization.names,
            Organization.shares_names,
            Person.display_name,
        )
        .join(Organization, Organization.id == Membership.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .where(*counted(network, day))
        .order_by(Membership.organization_id, Membership.id)
        .limit(asked.limit + 1)
    )
    if organization:
        query = query.where(Organization.public_id == organization)
    if asked.after:
        place, last = asked.after
        # Said twice, so that both engines begin at the organization and do not pass over those before it.
        query = query.where(
            Membership.organization_id >= place, (Membership.organization_id > place) | (Membership.id > last)
        )
    part = part_of(db.session.execute(query).all(), asked, lambda row: (row.organization_id, row.id))
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
