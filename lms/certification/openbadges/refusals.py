"""What stops a check of a credential, in words for whoever asked."""


class Refused(Exception):
    """The credential must not be believed; `message` says why, in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Undecided(Refused):
    """It may be good, but that cannot be known from what is at hand; `message` says what is missing."""
