"""Keyset pages: where the next one begins is told by the keys of the last row, never by counting rows.

A cursor holds ids of the database and nothing of a person: no id of hers, no day, and no id that grows with time
beside a fact whose day is not told. Whoever reads or forges one learns nothing and sees nothing more.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
Keys = tuple[int, ...]

GREATEST = 2**31 - 1
"""The greatest key of a row on both engines."""
LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """Which part of a list is asked for: what comes after a row, and how many at most."""

    #: Keys of the last row of the part before; empty for the first part.
    after: Keys
    limit: int


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some rows of a list, and the cursor of what follows, where anything does."""

    items: Sequence[Row]
    after: str | None


def write_cursor(keys: Keys) -> str:
    """The cursor of the rows that follow the row with these keys."""
    return urlsafe_b64encode(".".join(map(str, keys)).encode()).decode().rstrip("=")


def read_cursor(cursor: str, count: int) -> Keys | None:
    """The keys in a cursor of a list that has so many; None where it is none of its cursors."""
    if len(cursor) > LONGEST or not cursor.isascii():
        return None
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        keys = tuple(int(part) for part in text.split(".") if part.isdecimal())
    except ValueError:
        return None
    whole = len(keys) == count and all(key <= GREATEST for key in keys)
    # Only what we wrote: one list has one spelling of each of its cursors.
    return keys if whole and write_cursor(keys) == cursor else None


def part_of(rows: Sequence[Row], asked: Asked, keys_of: Callable[[Row], Keys]) -> Part[Row]:
    """What of `rows` is the asked part; they were read one further than its limit."""
    shown = rows[: asked.limit]
    return Part(shown, write_cursor(keys_of(shown[-1])) if len(rows) > asked.limit else None)
