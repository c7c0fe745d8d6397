"""Changing passwords."""

from datetime import datetime

from lms.accounts.events import PasswordChanged
from lms.accounts.models import CodeKind, Person
from lms.accounts.one_time import void_codes
from lms.accounts.sessions import close_all_sessions
from lms.events import emit


def set_password(person: Person, password_hash: str, now: datetime, *, keep_session: int | None = None) -> None:
    """Store a password: all sessions but `keep_session` end, and no code that was sent before works any more."""
    person.password_hash = password_hash
    person.password_changed_at = now
    close_all_sessions(person.id, now, but=keep_session)
    void_codes(CodeKind.RESET, person.id, now)


def change_password(person: Person, password_hash: str, now: datetime, *, session_id: int) -> None:
    """Set another password for a person who has proved the present one in the session that goes on."""
    set_password(person, password_hash, now, keep_session=session_id)
    emit(PasswordChanged(at=now, actor_id=person.id, person_id=person.id))
