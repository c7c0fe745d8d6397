"""The answers to what accounts ask about belonging (`lms.accounts.belonging`)."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from lms.clock import today
from lms.db import db
from lms.organizations.models import Grant, Membership
from lms.organizations.queries import actor_from, actor_of, facts_of, in_force
from lms.security.actor import Role

__all__ = ["actor_from", "actor_of", "facts_of", "has_operator", "make_operator", "places_of"]


def places_of(person_id: int, day: date) -> frozenset[int | None]:
    """Organizations of every membership and grant that has not ended; None for a network or the site."""
    members = select(Membership.organization_id).where(Membership.person_id == person_id, _lasting(Membership, day))
    grants = select(Grant.organization_id).where(Grant.person_id == person_id, _lasting(Grant, day))
    return frozenset(db.session.scalars(members)) | frozenset(db.session.scalars(grants))


def _lasting(model: type[Membership] | type[Grant], day: date) -> ColumnElement[bool]:
    return or_(model.ends_on.is_(None), model.ends_on > day)


def has_operator() -> bool:
    """Whether anybody operates the installation today."""
    query = select(Grant.id).where(Grant.role == Role.OPERATOR, in_force(Grant, today()))
    return db.session.scalar(query.limit(1)) is not None


def make_operator(person_id: int, now: datetime) -> None:
    """Grant a person the installation."""
    db.session.add(Grant(person_id=person_id, role=Role.OPERATOR, starts_on=now.date(), created_at=now))
