"""The first operator: whoever reads the console makes the account."""

from datetime import datetime, timedelta

from lms.accounts.belonging import belonging
from lms.accounts.codes import code_hash, new_code
from lms.accounts.errors import WrongSecret
from lms.accounts.events import FirstOperatorMade
from lms.accounts.models import CodeKind, OneTimeCode, Person
from lms.accounts.one_time import find_code, use_up, void_codes
from lms.db import db
from lms.events import emit
from lms.i18n import gettext as _

LIFE = timedelta(hours=1)
CODE_GROUPS = 3


def is_first_run() -> bool:
    """Whether nobody operates this installation yet."""
    return not belonging().has_operator()


def first_run_code(now: datetime) -> str | None:
    """The code for the console, good for an hour; earlier ones stop working. None where there is an operator."""
    if not is_first_run():
        return None
    void_codes(CodeKind.FIRST_RUN, None, now)
    code = new_code(CODE_GROUPS)
    db.session.add(
        OneTimeCode(kind=CodeKind.FIRST_RUN, code_hash=code_hash(code), created_at=now, expires_at=now + LIFE)
    )
    return code


def first_run_by_code(typed: str, now: datetime) -> OneTimeCode:
    """The code of the console. Raises WrongSecret; uses nothing up."""
    found = find_code(CodeKind.FIRST_RUN, code_hash(typed), now)
    if found is None:
        raise WrongSecret(_("This is not the code on the console, or it is more than an hour old."), "code")
    return found


def make_first_operator(person: Person, code: OneTimeCode, now: datetime) -> None:
    """Use the code up and grant the installation. Raises WrongSecret where there is an operator by now."""
    if not is_first_run() or not use_up(code, now):
        raise WrongSecret(_("This code was used already."), "code")
    belonging().make_operator(person.id, now)
    emit(FirstOperatorMade(at=now, actor_id=person.id, person_id=person.id))
