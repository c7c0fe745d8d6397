"""What is wrong with a file."""

from lms.errors import DomainError


class MediaError(DomainError):
    """A file that is not taken; the message says why."""
