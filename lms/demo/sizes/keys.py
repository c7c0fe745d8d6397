"""Uids and public ids from a seed."""

from datetime import datetime
from random import Random
from uuid import UUID

from lms.text.codes import ALPHABET

_SYMBOLS = ALPHABET.lower()
_LENGTH = 10


class Keys:
    """Uids and public ids that look like those that the product draws, and are the same in every run."""

    def __init__(self, chance: Random, since: datetime) -> None:
        self._chance = chance
        self._milliseconds = int(since.timestamp() * 1000)

    def uid(self) -> UUID:
        """The next one: they grow, as rows that are stored one after another have them."""
        self._milliseconds += 1
        bits = self._chance.getrandbits(74)
        return UUID(int=self._milliseconds << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & ((1 << 62) - 1))

    def public_id(self) -> str:
        """Ten symbols."""
        return "".join(self._chance.choices(_SYMBOLS, k=_LENGTH))
