"""Tries at a secret: refused while a wait is on, counted when they fail."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from lms.accounts.errors import TooManyTries, WrongSecret
from lms.accounts.models import Person
from lms.accounts.passwords import password_matches
from lms.accounts.throttle import Counted, blocked_for, forget_failures, note_failure
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.forms import Form
from lms.i18n import gettext as _
from lms.setup import settings_of

NAME_FREE, REQUESTS_FREE = 5, 2
# Many people share the address of an office or of a workshop's only line.
ADDRESS_FREE = 100


@contextmanager
def counted_try(kind: str, subject: str) -> Iterator[None]:
    """Run a try at the secret of `subject` (folded name, person id).

    Raises TooManyTries while a wait is on. A WrongSecret that the block raises is counted in a write unit of its own;
    a block that ends well forgets the failures of this subject, not those of the address.
    """
    mine, here = Counted(kind, subject, NAME_FREE), Counted("address", request.remote_addr or "", ADDRESS_FREE)
    secret = settings_of(current_app).secret_key
    wait = blocked_for((mine, here), secret, now())
    if wait:
        raise TooManyTries(wait)
    try:
        yield
    except WrongSecret:
        with write_unit():
            note_failure((mine, here), secret, now())
        raise
    with write_unit():
        forget_failures(mine, secret, now())


def count_request(kind: str, subject: str) -> bool:
    """Count something that costs whether it succeeds or not (a mail); False where it has been asked for too often."""
    counted = (
        Counted(kind, subject, REQUESTS_FREE),
        Counted(f"{kind} address", request.remote_addr or "", ADDRESS_FREE),
    )
    secret = settings_of(current_app).secret_key
    if blocked_for(counted, secret, now()):
        return False
    with write_unit():
        note_failure(counted, secret, now())
    return True


def prove_password(person: Person, password: str, field: str) -> None:
    """Let go on whoever knows the person's password. Raises WrongSecret (at `field`) or TooManyTries."""
    with counted_try("person", str(person.id)):
        if not password_matches(person.password_hash, password):
            raise WrongSecret(_("This is not your password."), field)


def refused(template: str, form: Form, error: DomainError, **values: object) -> ResponseReturnValue:
    """The page of a form again, with what was refused: 422, or 429 where a wait is on."""
    form.refuse(error)
    page = render_template(template, form=form, **values)
    if isinstance(error, TooManyTries):
        return page, 429, {"Retry-After": str(int(error.wait.total_seconds()) + 1)}
    return page, 422
