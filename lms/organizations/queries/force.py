"""What is in force on a day: the policy is fed from here."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select

from lms.clock import today
from lms.db import db
from lms.organizations.models import Dated, Grant, Membership
from lms.security.actor import Actor, Granted, Role


def in_force(model: type[Dated], day: date) -> ColumnElement[bool]:
    """The SQL twin of `Dated.covers`."""
    return (model.starts_on <= day) & or_(model.ends_on.is_(None), model.ends_on > day)


def actor_of(person_id: int, day: date | None = None) -> Actor:
    """The grants and confirmed memberships of a person on a day (today, in UTC)."""
    day = day or today()
    grants = db.session.execute(
        select(Grant.role, Grant.organization_id, Grant.network_id).where(
            Grant.person_id == person_id, in_force(Grant, day)
        )
    )
    members = db.session.scalars(
        select(Membership.organization_id).where(
            Membership.person_id == person_id, Membership.confirmed_at.is_not(None), in_force(Membership, day)
        )
    )
    return Actor(
        person_id,
        frozenset(Granted(Role(role), organization, network) for role, organization, network in grants),
        frozenset(members),
    )
