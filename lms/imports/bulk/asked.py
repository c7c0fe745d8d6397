"""What the rows of a batch ask for, found out by judging and done by writing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from lms.db import Texts
from lms.imports.bulk.world import Human, Place, Seat

Row = tuple[int, Mapping[str, str]]
"""Its number as its owner sees it, and what stands in it by field; empty cells are left out."""
Doubt = tuple[str, str, str, str]
"""Whom a row means: folded name, sign-in key, mail key and organization; the same for all rows that mean her."""


@dataclass(frozen=True, slots=True)
class NewHuman:
    """A person to be made."""

    human: Human
    sign_in: str
    mail: str
    language: str


@dataclass(frozen=True, slots=True)
class NewCompletion:
    """A completion to be recorded."""

    human: Human
    module_id: int
    version_id: int
    edition_id: int
    occurred_at: datetime
    language: str
    score: float | None


@dataclass(slots=True)
class Batch:
    """What the rows of a batch ask for."""

    new_places: list[tuple[Place, date]] = field(default_factory=list)
    returning: list[Place] = field(default_factory=list)
    filled_places: list[tuple[Place, Texts, Texts, str | None]] = field(default_factory=list)
    new_humans: list[NewHuman] = field(default_factory=list)
    new_seats: list[tuple[Human, Place, Seat]] = field(default_factory=list)
    changed_seats: dict[str, tuple[Human, Seat]] = field(default_factory=dict)
    completions: list[NewCompletion] = field(default_factory=list)

    def known_people(self) -> set[int]:
        """Ids of the people, there already, of whom something changes."""
        humans = [human for human, _place, _seat in self.new_seats]
        humans += [human for human, _seat in self.changed_seats.values()]
        humans += [each.human for each in self.completions]
        return {human.id for human in humans if human.id is not None}


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """An organization as a row names it."""

    names: Texts
    keys: tuple[str, ...]
    key: str
    city: Texts
    country: str | None
