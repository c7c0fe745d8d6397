"""What is in force on a day: the policy is fed from here."""

from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    bindparam,
    literal,
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


_PERSON: BindParameter[int] = bindparam("person")
_DAY: BindParameter[date] = bindparam("day", type_=Date())
_MEMBER = "member"
_FACTS: CompoundSelect[Any] = union_all(
    select(Grant.role, Grant.organization_id, Grant.network_id).where(
        Grant.person_id == _PERSON, in_force(Grant, _DAY)
    ),
    select(literal(_MEMBER), Membership.organization_id, null()).where(
        Membership.person_id == _PERSON, Membership.confirmed_at.is_not(None), in_force(Membership, _DAY)
    ),
)


def actor_of(person_id: int, day: date | None = None) -> Actor:
    """The grants and confirmed memberships of a person on a day (today, in UTC)."""
    rows = read(_FACTS, person=person_id, day=day or today()).all()
    return Actor(
        person_id,
        frozenset(Granted(Role(row.role), row.organization_id, row.network_id) for row in rows if row.role != _MEMBER),
        frozenset(row.organization_id for row in rows if row.role == _MEMBER),
    )
