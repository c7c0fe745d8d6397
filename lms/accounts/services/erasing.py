"""Erasing a person: what names her goes, a tombstone of ids stays, so that counts and certificates' numbers hold."""

from datetime import datetime

from sqlalchemy import delete

from lms.accounts.events import AccountErased
from lms.accounts.models import Identity, Notice, OneTimeCode, Person, RecoveryCode, UserSession
from lms.accounts.privacy import check_erasable, erase_parts
from lms.backup.erasures import note_erasure
from lms.db import db
from lms.events import emit

# What a person's row is emptied to.
EMPTY: dict[str, object] = {
    "sign_in_name": "",
    "sign_in_key": None,
    "display_name": "",
    "name_latin": "",
    "sort_key": "",
    "email": None,
    "email_key": None,
    "phone": None,
    "password_hash": None,
    "password_changed_at": None,
    "totp_secret": None,
    "totp_confirmed_at": None,
    "totp_last_step": 0,
    "country": None,
    "digits": "auto",
    "calendar": "auto",
    "hijri": False,
    "time_zone": "",
    "theme": "auto",
}


def erase_account(person: Person, now: datetime) -> None:
    """Erase a person who asked for it herself. Raises DomainError where something has to be done before."""
    check_erasable(person)
    erase_person(person, now)


def erase_person(person: Person, now: datetime) -> None:
    """Erase a person, whatever depends on her; twice is once."""
    if person.erased_at is not None:
        return
    erase_parts(person, now)
    for model in (UserSession, RecoveryCode, Identity, OneTimeCode, Notice):
        db.session.execute(delete(model).where(model.person_id == person.id))
    for name, value in EMPTY.items():
        setattr(person, name, value)
    person.erased_at = now
    note_erasure(person.uid)
    emit(AccountErased(at=now, actor_id=person.id, person_id=person.id))
