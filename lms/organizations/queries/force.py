"""What is in force on a day: the policy is fed from here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    bindparam,
    case,
    null,
    or_,
    select,
    union_all,
)

from lms.clock import today
from lms.db import read
from lms.organizations.models import Dated, Grant, Membership
from lms.security.actor import Actor, Granted, Role


def in_force(model: type[Dated], day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The SQL twin of `Dated.covers`."""
    return (model.starts_on <= day) & or_(model.ends_on.is_(None), model.ends_on > day)


_DAY: BindParameter[date] = bindparam("day", type_=Date())
_MEMBER, _AWAITED = "member", "awaited"


def facts_of(person: ColumnElement[int]) -> CompoundSelect[Any]:
    """Role, organization and network of each grant and membership of a person on `:day`."""
    return union_all(
        select(Grant.role, Grant.organization_id, Grant.network_id).where(
            Grant.person_id == person, in_force(Grant, _DAY)
        ),
        select(
            case((Membership.confirmed_at.is_(None), _AWAITED), else_=_MEMBER), Membership.organization_id, null()
        ).where(Membership.person_id == person, in_force(Membership, _DAY)),
    )


_FACTS = facts_of(bindparam("person", type_=Integer()))


def actor_of(person_id: int, day: date | None = None) -> Actor:
    """The grants and memberships of a person on a day (today, in UTC)."""
    return actor_from(person_id, read(_FACTS, person=person_id, day=day or today()))


def actor_from(person_id: int, facts: Iterable[Any]) -> Actor:
    """The actor that rows of `facts_of` make."""
    grants, organizations, awaits = set(), set(), False
    for row in facts:
        if row.role == _MEMBER:
            organizations.add(row.organization_id)
        elif row.role == _AWAITED:
            awaits = True
        else:
            grants.add(Granted(Role(row.role), row.organization_id, row.network_id))
    return Actor(person_id, frozenset(grants), frozenset(organizations), awaits)
