"""Secret links of calendars."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Person
from lms.accounts.sessions import token_hash
from lms.boards.models import CalendarLink
from lms.db import db
from lms.organizations.models import Network, Organization


def link_for(person_id: int, subject: Organization | Network) -> CalendarLink | None:
    """Somebody's link to the calendar of an organization or network."""
    column = CalendarLink.network_id if isinstance(subject, Network) else CalendarLink.organization_id
    return db.session.scalars(
        select(CalendarLink).where(CalendarLink.person_id == person_id, column == subject.id)
    ).one_or_none()


def link_by_token(token: str) -> CalendarLink | None:
    """The link that a secret opens, of somebody who is still there."""
    query = (
        select(CalendarLink)
        .join(CalendarLink.person)
        .where(CalendarLink.token_hash == token_hash(token), Person.erased_at.is_(None))
        .options(
            joinedload(CalendarLink.person), joinedload(CalendarLink.organization), joinedload(CalendarLink.network)
        )
    )
    return db.session.scalars(query).one_or_none()
