"""Where somebody is signed in."""

from datetime import datetime

from lms.accounts.events import SignedOutEverywhere
from lms.accounts.models import Person, UserSession
from lms.accounts.sessions import close_all_sessions
from lms.events import emit


def note_presence(session: UserSession, language: str, now: datetime) -> None:
    """Remember when the session was last used, and the language that its person reads."""
    session.seen_at = now
    session.person.language = language


def sign_out_everywhere(person: Person, now: datetime) -> None:
    """End every session of a person, the present one too."""
    close_all_sessions(person.id, now)
    emit(SignedOutEverywhere(at=now, actor_id=person.id, person_id=person.id))
