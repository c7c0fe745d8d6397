"""Refusals that callers tell apart."""

from datetime import timedelta

from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader


class WrongSecret(DomainError):
    """The password or code is not the right one: a failed try."""


class TooManyTries(DomainError):
    """A wait is on; `wait` says how long yet."""

    def __init__(self, wait: timedelta) -> None:
        minutes = reader().minutes(int(wait.total_seconds()) // 60)
        super().__init__(_("There were too many tries. Try again in %(wait)s.", wait=minutes))
        self.wait = wait
