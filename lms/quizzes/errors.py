"""Why an answer or an attempt is refused."""

from lms.errors import DomainError, NotAllowed


class AttemptClosed(NotAllowed):
    """The attempt was submitted already."""


class TimeIsUp(NotAllowed):
    """The attempt's deadline has passed; what came before it counts."""


class NoAttemptLeft(NotAllowed):
    """No further attempt may be started."""


class NotOpen(NotAllowed):
    """The quiz cannot be started yet, or not any more."""


class KeyReused(DomainError):
    """One client key came with two different answers: a fault of the client."""
