"""Telling people what happened, in the product."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, insert, select, tuple_, update

from lms.accounts.models import Notice
from lms.accounts.notices import unread_tellings
from lms.db import db

#: A query of ids.
Ids = Select[int]


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


def notify_all(person_ids: Collection[int], kind: str, target_id: int, now: datetime) -> None:
    """Tell many people in one statement of something that none of them was told before."""
    rows = [{"person_id": id_, "kind": kind, "target_id": target_id, "created_at": now} for id_ in person_ids]
    if rows:
        db.session.execute(insert(Notice).values(rows))


def note_read(notice: Notice, now: datetime) -> None:
    """She has looked at it."""
    notice.read_at = notice.read_at or now


def note_all_read(person_id: int, names: Collection[str], now: datetime) -> None:
    """She has put away those that a page told her of, by its names.

    Not all that came until now: one that is told in this moment may be older, and she has not seen it.
    """
    theirs = set(names)
    told = [telling for name, telling in unread_tellings(person_id).items() if name in theirs]
    unread = update(Notice).where(Notice.read_at.is_(None), tuple_(Notice.id, Notice.created_at).in_(told))
    db.session.execute(unread.values(read_at=now), execution_options={"synchronize_session": False})


def note_settled(person_ids: Ids, kind: str, target_ids: Ids, now: datetime) -> None:
    """What some targets asked people for is done: they need not look any more. One statement."""
    unread = update(Notice).where(
        Notice.read_at.is_(None),
        Notice.person_id.in_(person_ids),
        Notice.kind == kind,
        Notice.target_id.in_(target_ids),
    )
    db.session.execute(unread.values(read_at=now), execution_options={"synchronize_session": False})
