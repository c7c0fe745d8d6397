"""What the bits of a list say of credentials."""

from enum import StrEnum


class Purpose(StrEnum):
    """For good, or for the time being."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"

    @property
    def path(self) -> str:
        """Its part of a list's address; lists of revocations have none."""
        return "" if self is Purpose.REVOCATION else f"{self.value}/"
