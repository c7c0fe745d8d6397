"""What a person changes about her own account."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.accounts.errors import WrongSecret
from lms.accounts.events import MailConfirmed
from lms.accounts.models import CodeKind, OneTimeCode, Person
from lms.accounts.names import checked_display_name, mail_key
from lms.accounts.one_time import find_code, use_up, void_codes
from lms.accounts.sessions import token_hash
from lms.db import db
from lms.errors import DomainError
from lms.events import emit
from lms.i18n import gettext as _
from lms.text import sort_key

MAIL_LINK_LIFE = timedelta(days=1)


@dataclass(frozen=True)
class Preferences:
    """How a person wants things shown; the values are those of `Formatter`."""

    language: str
    country: str | None
    digits: str
    calendar: str
    hijri: bool
    time_zone: str
    theme: str


def change_preferences(person: Person, preferences: Preferences) -> None:
    """Store how she wants things shown."""
    for name, value in vars(preferences).items():
        setattr(person, name, value)
    person.sort_key = sort_key(person.display_name, person.language)


def change_profile(person: Person, *, display_name: str, name_latin: str, phone: str) -> None:
    """Store names and phone. Raises DomainError where the name cannot be used."""
    person.display_name = checked_display_name(display_name)
    person.name_latin = name_latin
    person.phone = phone or None
    person.sort_key = sort_key(person.display_name, person.language)


def set_mail(person: Person, address: str, now: datetime) -> None:
    """Store an address as it was given, not confirmed (nobody signs in with it), or none where it is empty."""
    void_codes(CodeKind.VERIFY_EMAIL, person.id, now)
    person.email = address or None
    person.email_key = None


def begin_mail_change(person: Person, address: str, now: datetime) -> str:
    """The secret of a link by which the person confirms an address within a day; until then the old one stays."""
    void_codes(CodeKind.VERIFY_EMAIL, person.id, now)
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeCode(
            kind=CodeKind.VERIFY_EMAIL,
            code_hash=token_hash(token),
            person_id=person.id,
            about=address,
            created_at=now,
            expires_at=now + MAIL_LINK_LIFE,
        )
    )
    return token


def mail_change_by_token(token: str, now: datetime) -> OneTimeCode | None:
    """What a link of `begin_mail_change` stands for, as long as it works."""
    return find_code(CodeKind.VERIFY_EMAIL, token_hash(token), now)


def confirm_mail(person: Person, code: OneTimeCode, now: datetime) -> None:
    """Use the code up: the person signs in with this address from now on.

    Raises WrongSecret where it was just used, DomainError where another person confirmed the address.
    """
    key = mail_key(code.about)
    other = db.session.scalar(select(Person.id).where(Person.email_key == key, Person.id != person.id))
    if other is not None:
        raise DomainError(_("Another account has confirmed this address."))
    if not use_up(code, now):
        raise WrongSecret(_("This link was used already."))
    person.email, person.email_key = code.about, key
    emit(MailConfirmed(at=now, actor_id=person.id, person_id=person.id))
