"""Another password for somebody who forgot hers: by a mailed link, or by a code of the manager."""

import secrets
from datetime import date, datetime, timedelta

from lms.accounts.belonging import belonging
from lms.accounts.codes import code_hash, new_code
from lms.accounts.errors import WrongSecret
from lms.accounts.events import PasswordReset, ResetCodeMade
from lms.accounts.models import CodeKind, OneTimeCode, Person
from lms.accounts.one_time import find_code, use_up, void_codes
from lms.accounts.services.passwords import set_password
from lms.accounts.sessions import token_hash
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.security.actor import Actor, Role
from lms.security.predicates import lies_within

LIFE = timedelta(hours=1)
CODE_GROUPS = 3


def may_make_reset_code(person: Person, actor: Actor, day: date) -> bool:
    """Whether a manager may let this person set another password.

    Only where every membership and grant of hers lies in what he manages: a code opens all that she can open.
    """
    if person.id == actor.person_id or person.erased_at is not None:
        return False
    confirmed = belonging().actor_of(person.id).organization_ids
    return lies_within(belonging().places_of(person.id, day), confirmed, actor.organizations_as(Role.MANAGER))


def make_reset_code(person: Person, actor: Actor, now: datetime) -> str:
    """A code by which the person can set another password within the hour; earlier ones stop working.

    To be shown to the manager once. Raises NotAllowed where `may_make_reset_code` says no.
    """
    if not may_make_reset_code(person, actor, now.date()):
        raise NotAllowed(_("A code can be made only for a confirmed person who belongs nowhere else."))
    code = new_code(CODE_GROUPS)
    _store(person, code_hash(code), now, made_by=actor.person_id)
    places = belonging().places_of(person.id, now.date()) & actor.organizations_as(Role.MANAGER)
    organization_id = min(place for place in places if place is not None)
    emit(ResetCodeMade(at=now, actor_id=actor.person_id, person_id=person.id, organization_id=organization_id))
    return code


def make_reset_token(person: Person, now: datetime) -> str:
    """The secret of a link by which the person can set another password within the hour."""
    token = secrets.token_urlsafe(32)
    _store(person, token_hash(token), now, made_by=None)
    return token


def reset_by_code(person: Person | None, typed: str, now: datetime) -> OneTimeCode:
    """The manager's code that was made for this person. Raises WrongSecret; uses nothing up."""
    found = find_code(CodeKind.RESET, code_hash(typed), now)
    if found is None or found.made_by_id is None or person is None or found.person_id != person.id:
        raise WrongSecret(_("The name or the code is not right, or the code is more than an hour old."), "code")
    return found


def reset_by_token(token: str, now: datetime) -> OneTimeCode | None:
    """What a link stands for, as long as it works."""
    found = find_code(CodeKind.RESET, token_hash(token), now)
    return found if found is not None and found.made_by_id is None else None


def reset_password(person: Person, code: OneTimeCode, password_hash: str, now: datetime) -> None:
    """Use the code up and set the password; all sessions end. Raises WrongSecret where it was just used."""
    if not use_up(code, now):
        raise WrongSecret(_("This code was used already."), "code")
    set_password(person, password_hash, now)
    emit(PasswordReset(at=now, actor_id=person.id, person_id=person.id, made_by_id=code.made_by_id))


def _store(person: Person, stored_hash: str, now: datetime, *, made_by: int | None) -> None:
    void_codes(CodeKind.RESET, person.id, now)
    db.session.add(
        OneTimeCode(
            kind=CodeKind.RESET,
            code_hash=stored_hash,
            person_id=person.id,
            made_by_id=made_by,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
