"""Tries at a secret: refused while a wait is on, counted when they fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import current_app, request

from lms.accounts.throttle import Counted, blocked_for, forget_failures, note_failure
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.setup import settings_of

NAME_FREE = 5
# Many people share the address of an office or of a workshop's only line.
ADDRESS_FREE = 40


class WrongSecret(DomainError):
    """The password or code is not the right one."""


class TooManyTries(DomainError):
    """A wait is on; `wait` says how long yet."""

    def __init__(self, wait: timedelta) -> None:
        minutes = reader().minutes(int(wait.total_seconds()) // 60)
        super().__init__(_("There were too many tries. Try again in %(wait)s.", wait=minutes))
        self.wait = wait

    @property
    def headers(self) -> dict[str, str]:
        """What tells a script how long to wait."""
        return {"Retry-After": str(int(self.wait.total_seconds()) + 1)}


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
