"""Reads about people and their sessions."""

from datetime import datetime

from sqlalchemy import func, or_, select

from lms.accounts.models import CodeKind, OneTimeCode, Person, RecoveryCode, UserSession
from lms.accounts.names import mail_key, sign_in_key
from lms.db import db


def person_signing_in_as(typed: str) -> Person | None:
    """Whose sign-in name or verified mail address this is. The two cannot be confused: no name has an @ in it."""
    query = select(Person).where(or_(Person.sign_in_key == sign_in_key(typed), Person.email_key == mail_key(typed)))
    return db.session.scalars(query).one_or_none() if typed else None


def is_taken(name: str, *, but: int | None = None) -> bool:
    """Whether somebody (other than the person with id `but`) has this sign-in name, however it is spelled."""
    query = select(Person.id).where(Person.sign_in_key == sign_in_key(name), Person.id != (but or 0))
    return db.session.scalar(query) is not None


def open_sessions(person_id: int, now: datetime) -> list[UserSession]:
    """Where a person is signed in, the latest used first."""
    query = (
        select(UserSession)
        .where(UserSession.person_id == person_id)
        .where(UserSession.revoked_at.is_(None), UserSession.expires_at > now)
        .order_by(UserSession.seen_at.desc(), UserSession.id.desc())
    )
    return list(db.session.scalars(query))


def session_by_public_id(public_id: str) -> UserSession | None:
    """The session of an address."""
    return db.session.scalars(select(UserSession).where(UserSession.public_id == public_id)).one_or_none()


def recovery_codes_left(person_id: int) -> int:
    """How many of a person's printed codes were not used yet."""
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def mail_waiting(person_id: int, now: datetime) -> str | None:
    """The mail address that a person was asked to confirm and has not yet."""
    query = select(OneTimeCode.about).where(
        OneTimeCode.kind == CodeKind.VERIFY_EMAIL,
        OneTimeCode.person_id == person_id,
        OneTimeCode.used_at.is_(None),
        OneTimeCode.expires_at > now,
    )
    return db.session.scalars(query).first()
