"""Errors that a service raises and a form shows."""


class DomainError(Exception):
    """What was asked for cannot be done: `message` (translated) says why, `field` names the field concerned."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):
    """The state of things forbids it: an attempt past its deadline, a version already published."""
