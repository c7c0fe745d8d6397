"""What becomes of a row, and why."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fate(StrEnum):
    """In the order in which they are shown: what needs somebody's eyes first."""

    WRONG = "wrong"
    DOUBTFUL = "doubtful"
    CHANGED = "changed"
    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of a row: a code (`lms.imports.bulk.wording`), the field that it is about, and values."""

    code: str
    about: str = ""
    values: dict[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """A row cannot be taken."""

    def __init__(self, code: str, about: str = "", **values: Any) -> None:
        super().__init__(code)
        self.said = Said(code, about, values)


class Doubted(Exception):
    """It is not certain who is meant: somebody chooses among those found, or says that she is a new person."""

    def __init__(self, key: str, found: list[dict[str, Any]]) -> None:
        super().__init__(key)
        self.key, self.found = key, found


@dataclass(slots=True)
class Judged:
    """A row and its fate."""

    line: int
    fate: Fate
    said: list[Said]
    doubt: str = ""
    found: list[dict[str, Any]] = field(default_factory=list)
