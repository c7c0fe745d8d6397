"""The second factor: an authenticator app's codes, and printed codes for the day when the phone is lost."""

from datetime import datetime

from sqlalchemy import delete, update

from lms.accounts.codes import code_hash, new_code, read_code
from lms.accounts.errors import WrongSecret
from lms.accounts.events import RecoveryCodesMade, RecoveryCodeUsed, SecondFactorDisabled, SecondFactorEnabled
from lms.accounts.models import Person, RecoveryCode, UserSession
from lms.accounts.sessions import close_all_sessions
from lms.accounts.totp import keep_secret, new_secret, secret_of, step_of
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _

RECOVERY_CODES = 8
RECOVERY_GROUPS = 4
APP_DIGITS = 6


def begin_second_factor(person: Person) -> None:
    """Make a key for the person's app. Raises NotAllowed where one is in use."""
    _refuse_second(person)
    keep_secret(person, new_secret())


def confirm_second_factor(session: UserSession, code: str, now: datetime) -> list[str]:
    """Put the key to use once a code shows that the app has it; gives new recovery codes, to be shown once.

    Raises NotAllowed where one is in use already, WrongSecret where the code is not the app's.
    """
    person = session.person
    _refuse_second(person)
    _use_app_code(person, code, now)
    person.totp_confirmed_at = now
    session.second_factor_at = now
    emit(SecondFactorEnabled(at=now, actor_id=person.id, person_id=person.id))
    return _new_recovery_codes(person)


def pass_second_factor(session: UserSession, code: str, now: datetime) -> None:
    """Accept the app's code, or a printed one, for the session that asked. Raises WrongSecret."""
    use_second_factor(session.person, code, now)
    session.second_factor_at = now


def end_second_factor(person: Person, code: str, now: datetime) -> None:
    """Ask for no code from now on. The caller has checked the password. Raises WrongSecret."""
    use_second_factor(person, code, now)
    _forget(person, person.id, now)


def take_second_factor(person: Person, now: datetime) -> None:
    """Done at the console for somebody who lost phone and paper: her sessions end, and no code is asked for."""
    close_all_sessions(person.id, now)
    _forget(person, None, now)


def renew_recovery_codes(person: Person, code: str, now: datetime) -> list[str]:
    """New codes for paper in place of all earlier ones, to be shown once, for a code of her app or of her paper.

    Raises WrongSecret, NotAllowed where no second factor is in use.
    """
    use_second_factor(person, code, now)
    emit(RecoveryCodesMade(at=now, actor_id=person.id, person_id=person.id))
    return _new_recovery_codes(person)


def use_second_factor(person: Person, code: str, now: datetime) -> None:
    """Use up a code of the person's app or paper. Raises WrongSecret, NotAllowed where no second factor is in use."""
    if person.totp_confirmed_at is None:
        raise NotAllowed(_("No second factor is in use."))
    if len(read_code(code)) > APP_DIGITS:
        _use_recovery_code(person, code, now)
    else:
        _use_app_code(person, code, now)


def _forget(person: Person, actor_id: int | None, now: datetime) -> None:
    person.totp_secret = person.totp_confirmed_at = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    emit(SecondFactorDisabled(at=now, actor_id=actor_id, person_id=person.id))


def _refuse_second(person: Person) -> None:
    if person.totp_confirmed_at is not None:
        raise NotAllowed(_("A second factor is in use already."))


def _use_app_code(person: Person, code: str, now: datetime) -> None:
    typed = read_code(code)
    secret = secret_of(person)
    step = step_of(secret, typed, now, after=person.totp_last_step) if secret else None
    if step is None or not _take_step(person, step):
        raise WrongSecret(_("This is not the present code of your app, or it was used already."), "code")


def _take_step(person: Person, step: int) -> bool:
    # One statement decides, should the same code come twice at once.
    earlier = update(Person).where(Person.id == person.id, Person.totp_last_step < step)
    return db.session.scalar(earlier.values(totp_last_step=step).returning(Person.id)) is not None


def _use_recovery_code(person: Person, code: str, now: datetime) -> None:
    unused = update(RecoveryCode).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    using = unused.where(RecoveryCode.code_hash == code_hash(code)).values(used_at=now)
    if db.session.scalar(using.returning(RecoveryCode.id)) is None:
        raise WrongSecret(_("This is not one of your printed codes, or it was used already."), "code")
    emit(RecoveryCodeUsed(at=now, actor_id=person.id, person_id=person.id))


def _new_recovery_codes(person: Person) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [new_code(RECOVERY_GROUPS) for _number in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(person_id=person.id, code_hash=code_hash(code)) for code in codes)
    return codes
