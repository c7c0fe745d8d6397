"""Telling people what happened, in the product."""

from datetime import datetime

from sqlalchemy import select, update

from lms.accounts.models import Notice
from lms.db import db


def notify(person_id: int, kind: str, target_id: int, now: datetime) -> None:
    """Tell a person, in the transaction of what happened; what she was told and has not looked at is told anew."""
    query = select(Notice).where(
        Notice.person_id == person_id, Notice.kind == kind, Notice.target_id == target_id, Notice.read_at.is_(None)
    )
    known = db.session.scalars(query).one_or_none()
    if known is not None:
        known.created_at = now
        return
    db.session.add(Notice(person_id=person_id, kind=kind, target_id=target_id, created_at=now))
    db.session.flush()


def note_read(notice: Notice, now: datetime) -> None:
    """She has looked at it."""
    notice.read_at = notice.read_at or now


def note_all_read(person_id: int, now: datetime) -> None:
    """She has looked at all that came until now."""
    unread = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None), Notice.created_at <= now)
    db.session.execute(unread.values(read_at=now), execution_options={"synchronize_session": False})
