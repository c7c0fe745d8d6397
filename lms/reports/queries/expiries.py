"""Which certificates of a network's organizations end soon, and what becomes of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from lms.certification.models import OPEN, Cycle, CycleState, LevelRule
from lms.certification.phases import Phase, phase_expression
from lms.certification.queries.telling import ends_between, is_at_risk_in, telling_cycles
from lms.db import Texts, db
from lms.organizations.models import Organization
from lms.organizations.queries.search import sort_column
from lms.paging import Page, page_of
from lms.reports.queries.people import organizations_of
from lms.reports.ranges import month_start

_RENEWAL: Any = aliased(Cycle)


class Order(StrEnum):
    """By what the certificates are sorted."""

    END = "end"
    NAME = "name"
    LEVEL = "level"


@dataclass(frozen=True)
class ExpiryQuery:
    """What is asked for: one object for the page and for every file."""

    network_id: int
    day: date
    #: How many days from that day on are looked at; None: all.
    days: int | None
    level_id: int | None = None
    country: str = ""
    order: Order = Order.END
    descending: bool = False


@dataclass(frozen=True)
class Expiry:
    """A certificate that is valid, or ended and is in grace."""

    public_id: str
    names: Texts
    country: str | None
    position: int
    level: Texts
    awarded_on: date
    expires_on: date
    grace_ends_on: date
    phase: Phase
    #: Where the next cycle of the level is that has begun; None: none has.
    renewal: CycleState | None
    at_risk: bool


def expiries(query: ExpiryQuery, language: str, page: int | None) -> Page[Expiry]:
    """A page of them, or all (None): two statements."""
    found = _wanted(query).order_by(*_order(query, language))
    if page is not None:
        shown = page_of(found, page)
        return Page([_expiry(row) for row in shown.items], shown.number, shown.total, shown.size)
    items = [_expiry(row) for row in db.session.execute(found)]
    return Page(items, 1, len(items), len(items) or 1)


@dataclass(frozen=True)
class Months:
    """How many certificates ended before the day and are in grace, and how many end in each month of the reader's."""

    in_grace: int
    ending: dict[date, int]


def months_of(query: ExpiryQuery) -> Months:
    """Of all pages; months in which none ends are left out. One statement."""
    each = _wanted(query).with_only_columns(Cycle.expires_on.label("day")).subquery()
    rows = db.session.execute(select(each.c.day, func.count()).group_by(each.c.day).order_by(each.c.day)).all()
    ending: Counter[date] = Counter()
    for day, number in rows:
        if day >= query.day:
            ending[month_start(day)] += number
    return Months(sum(number for day, number in rows if day < query.day), dict(ending))


def _wanted(query: ExpiryQuery) -> Select[Any]:
    phase = phase_expression(query.day)
    last = date.max if query.days is None else query.day + timedelta(days=query.days)
    soon = or_(ends_between(query.day, last), phase == Phase.GRACE.value)
    found = (
        select(
            *(Organization.public_id, Organization.names, Organization.country, LevelRule.position),
            *(LevelRule.names.label("level"), Cycle.awarded_on, Cycle.expires_on, Cycle.grace_ends_on),
            phase.label("phase"),
            *(_RENEWAL.state.label("renewal"), is_at_risk_in(Cycle.level_id, query.network_id).label("at_risk")),
        )
        .join_from(Cycle, Organization, Organization.id == Cycle.organization_id)
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .outerjoin(_RENEWAL, _renews())
        .where(
            Cycle.id.in_(telling_cycles(query.network_id, query.day)),
            Cycle.organization_id.in_(organizations_of(query.network_id, query.day)),
            soon,
        )
    )
    if query.level_id is not None:
        found = found.where(Cycle.level_id == query.level_id)
    return found.where(Organization.country == query.country) if query.country else found


def _renews() -> ColumnElement[bool]:
    """Whether a cycle is the one under way in the level of another."""
    return and_(
        _RENEWAL.organization_id == Cycle.organization_id,
        _RENEWAL.network_id == Cycle.network_id,
        _RENEWAL.level_id == Cycle.level_id,
        _RENEWAL.state.in_(OPEN),
    )


def _order(query: ExpiryQuery, language: str) -> list[ColumnElement[Any]]:
    name = sort_column(Organization, language)
    orders: dict[Order, list[Any]] = {
        Order.END: [Cycle.expires_on, name],
        Order.NAME: [name, Cycle.expires_on],
        Order.LEVEL: [LevelRule.position, Cycle.expires_on, name],
    }
    first, *others = orders[query.order]
    return [first.desc() if query.descending else first, *others, Cycle.id]


def _expiry(row: Any) -> Expiry:
    return Expiry(**{**row._mapping, "phase": Phase(row.phase), "at_risk": bool(row.at_risk)})
