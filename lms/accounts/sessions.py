"""Signed-in browsers: a random token in a cookie, its hash in the database."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from lms.accounts.models import Person, UserSession
from lms.db import db

COOKIE = "tashbik_session"
SHORT_LIFE = timedelta(hours=12)
LONG_LIFE = timedelta(days=60)
SEEN_EVERY = timedelta(hours=1)


def token_hash(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(person: Person, *, agent: str, keep: bool, now: datetime) -> tuple[UserSession, str]:
    """A new session of `person` and the token for her cookie. `keep` makes it outlive the browser."""
    token = secrets.token_urlsafe(32)
    session = UserSession(
        token_hash=token_hash(token),
        person_id=person.id,
        created_at=now,
        seen_at=now,
        expires_at=now + (LONG_LIFE if keep else SHORT_LIFE),
        agent=agent,
    )
    db.session.add(session)
    db.session.flush()
    return session, token


def close_session(session: UserSession, now: datetime) -> None:
    """Sign one browser out."""
    session.revoked_at = now


def close_all_sessions(person_id: int, now: datetime, *, but: int | None = None) -> None:
    """Sign a person out everywhere, except in the session with id `but`."""
    query = update(UserSession).where(UserSession.person_id == person_id, UserSession.revoked_at.is_(None))
    db.session.execute(query.where(UserSession.id != (but or 0)).values(revoked_at=now))
