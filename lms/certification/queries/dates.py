"""Dates of certificates that come: what a calendar shows."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from lms.certification.models import Cycle, CycleState, CycleStep, LevelRule
from lms.certification.queries.cycles import is_renewed
from lms.db import Texts, db
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.queries import in_force


class DateKind(StrEnum):
    """What comes."""

    OPENS = "opens"
    """First day on which the certificate can be renewed."""
    DUE = "due"
    """Its end as awarded, where it was extended since."""
    ENDS = "ends"
    """Last day on which it is valid."""
    GRACE = "grace"
    """Last day on which a renewal continues it."""


@dataclass(frozen=True)
class ComingDate:
    """A date of a certificate."""

    kind: DateKind
    day: date
    cycle_uid: uuid.UUID
    organization: Texts
    organization_id: str
    network: Texts
    level: Texts
    position: int
    changed_at: datetime


_COLUMNS: dict[DateKind, InstrumentedAttribute[date | None]] = {
    DateKind.OPENS: Cycle.window_opens_on,
    DateKind.DUE: Cycle.due_on,
    DateKind.ENDS: Cycle.expires_on,
    DateKind.GRACE: Cycle.grace_ends_on,
}


def of_organization(organization_id: int, network_ids: frozenset[int]) -> ColumnElement[bool]:
    """SQL: the cycles of an organization in some of its networks."""
    return (Cycle.organization_id == organization_id) & Cycle.network_id.in_(network_ids)


def of_network(network_id: int, day: date) -> ColumnElement[bool]:
    """SQL: the cycles of all organizations that are members of a network on a day."""
    members = select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id == network_id, in_force(NetworkMembership, day)
    )
    return (Cycle.network_id == network_id) & Cycle.organization_id.in_(members)


def dates_between(whose: ColumnElement[bool], first: date, last: date) -> Select[Any]:
    """The dates from one day to another, the next one first; `ComingDate`s are made of its rows by `coming_date`."""
    dates = _dates(whose, first, last).subquery()
    changed = select(func.max(CycleStep.at)).where(CycleStep.cycle_id == Cycle.id).correlate(Cycle).scalar_subquery()
    return (
        select(
            *(dates.c.kind, dates.c.day, Cycle.uid, Organization.names, Organization.public_id),
            *(Network.names.label("network"), LevelRule.names.label("level"), LevelRule.position),
            changed.label("changed_at"),
        )
        .join_from(dates, Cycle, Cycle.id == dates.c.cycle_id)
        .join(Organization, Organization.id == Cycle.organization_id)
        .join(Network, Network.id == Cycle.network_id)
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .order_by(dates.c.day, Cycle.organization_id, Cycle.id, dates.c.kind)
    )


def _dates(whose: ColumnElement[bool], first: date, last: date) -> Any:
    standing = (whose, Cycle.state == CycleState.CERTIFIED, ~is_renewed())
    return union_all(
        *(
            select(Cycle.id.label("cycle_id"), literal(kind.value).label("kind"), column.label("day")).where(
                *standing,
                column.between(first, last),
                *((Cycle.due_on != Cycle.expires_on,) if kind is DateKind.DUE else ()),
            )
            for kind, column in _COLUMNS.items()
        )
    )


def coming_date(row: Row[Any]) -> ComingDate:
    """A row of `dates_between`."""
    return ComingDate(
        DateKind(row.kind),
        row.day,
        row.uid,
        row.names,
        row.public_id,
        row.network,
        row.level,
        row.position,
        row.changed_at,
    )


def counts_by_day(whose: ColumnElement[bool], first: date, last: date) -> dict[date, int]:
    """How many dates fall on each day; days without are left out."""
    dates = _dates(whose, first, last).subquery()
    rows = db.session.execute(select(dates.c.day, func.count()).group_by(dates.c.day))
    return dict(rows.all())
