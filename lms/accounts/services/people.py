"""Making accounts."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from lms.accounts.events import AccountCreated, SignInNameChanged
from lms.accounts.models import Person
from lms.accounts.names import checked_display_name, checked_sign_in_name, sign_in_key, suggestions
from lms.accounts.queries import is_taken
from lms.db import db
from lms.errors import DomainError
from lms.events import emit
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.text import sort_key


def suggest_sign_in_name(display_name: str, language: str) -> str:
    """A free sign-in name, made of the display name and a number."""
    return next(name for name in suggestions(display_name, language) if not is_taken(name))


def create_person(
    *,
    display_name: str,
    sign_in_name: str = "",
    password_hash: str | None = None,
    language: str = "fa",
    now: datetime,
    country: str | None = None,
    actor_id: int | None = None,
) -> Person:
    """A new account; an empty sign-in name is filled with a suggestion.

    The password comes hashed (`lms.accounts.passwords`), or None for somebody who signs in another way.
    `actor_id` is who made it, where it was not the person herself. Raises DomainError (fields display_name,
    sign_in_name) where a name cannot be used or is taken.
    """
    assert language in LANGUAGES
    shown = checked_display_name(display_name)
    name = checked_sign_in_name(sign_in_name) if sign_in_name else suggest_sign_in_name(shown, language)
    person = Person(
        display_name=shown,
        sort_key=sort_key(shown, language),
        sign_in_name=name,
        sign_in_key=sign_in_key(name),
        password_hash=password_hash,
        password_changed_at=now if password_hash else None,
        language=language,
        country=country,
        created_at=now,
    )
    _add(person)
    emit(AccountCreated(at=now, actor_id=actor_id or person.id, person_id=person.id))
    return person


def change_sign_in_name(person: Person, name: str, now: datetime) -> None:
    """Let a person sign in with another name; she stays signed in everywhere.

    The caller has checked the password. Raises DomainError (field sign_in_name) where the name cannot be used or is
    another person's, however it is spelled.
    """
    checked = checked_sign_in_name(name)
    if is_taken(checked, but=person.id):
        raise _name_taken()
    try:
        with db.session.begin_nested():
            person.sign_in_name, person.sign_in_key = checked, sign_in_key(checked)
    except IntegrityError as error:
        raise _name_taken() from error
    emit(SignInNameChanged(at=now, actor_id=person.id, person_id=person.id))


def _add(person: Person) -> None:
    if is_taken(person.sign_in_name):
        raise _name_taken()
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:
        raise _name_taken() from error


def _name_taken() -> DomainError:
    return DomainError(_("This sign-in name is taken. Add a number or a word to it."), "sign_in_name")
