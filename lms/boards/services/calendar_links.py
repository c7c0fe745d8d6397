"""Secret links of calendars."""

import secrets
from datetime import datetime

from lms.accounts.locking import lock_person
from lms.accounts.sessions import token_hash
from lms.boards.events import CalendarLinkMade
from lms.boards.models import CalendarLink
from lms.boards.queries.calendar_links import link_for
from lms.db import db
from lms.events import emit
from lms.organizations.models import Network, Organization


def make_link(subject: Organization | Network, *, actor_id: int, now: datetime) -> str:
    """A new secret for the address of her calendar of an organization or network; the one before ends. Shown once."""
    token = secrets.token_urlsafe(32)
    lock_person(actor_id)
    link = link_for(actor_id, subject)
    if link is None:
        link = CalendarLink(person_id=actor_id, **_subject(subject))
        db.session.add(link)
    link.token_hash, link.made_at = token_hash(token), now
    emit(CalendarLinkMade(now, actor_id, link.organization_id, link.network_id, ended=False))
    return token


def end_link(subject: Organization | Network, *, actor_id: int, now: datetime) -> None:
    """Let her secret address lead nowhere; twice is once."""
    link = link_for(actor_id, subject)
    if link is None:
        return
    emit(CalendarLinkMade(now, actor_id, link.organization_id, link.network_id, ended=True))
    db.session.delete(link)


def _subject(subject: Organization | Network) -> dict[str, int]:
    return {"network_id" if isinstance(subject, Network) else "organization_id": subject.id}
