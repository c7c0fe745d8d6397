"""Questions between formats: each as this platform writes it, with what became of it on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lms.exchange.notes import CHANGED, DROPPED, Note

MOST_QUESTIONS = 2000
"""How many a file may hold."""


class Verdict(StrEnum):
    """What became of a question."""

    TAKEN = "taken"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Item:
    """A question of a file: as in docs/content-format.md but without `id`; None where it could not be taken."""

    number: int
    name: str
    kind: str
    """What the file calls its type, or ours where it has no name for it."""
    question: Mapping[str, Any] | None
    notes: tuple[Note, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Dropped where there is no question, changed where something of it was."""
        if self.question is None or any(note.code in DROPPED for note in self.notes):
            return Verdict.DROPPED
        return Verdict.CHANGED if any(note.code in CHANGED for note in self.notes) else Verdict.TAKEN

    @property
    def reasons(self) -> list[Note]:
        """What made it changed or dropped."""
        return [note for note in self.notes if note.code in CHANGED or note.code in DROPPED]

    def as_json(self) -> dict[str, Any]:
        """To be stored: `item_from_json` reads it."""
        notes = [note.as_json() for note in self.notes]
        return {"number": self.number, "name": self.name, "kind": self.kind, "question": self.question, "notes": notes}


def item_from_json(value: Mapping[str, Any]) -> Item:
    """An item that `as_json` wrote."""
    notes = tuple(Note(note["code"], note["about"]) for note in value["notes"])
    return Item(value["number"], value["name"], value["kind"], value["question"], notes)


@dataclass(frozen=True)
class Reading:
    """A file that was read: its format, its encoding where that had to be found out, and its questions."""

    format: str
    items: tuple[Item, ...]
    encoding: str = ""

    def count(self, verdict: Verdict) -> int:
        """How many questions came to that."""
        return sum(item.verdict is verdict for item in self.items)


@dataclass(frozen=True)
class Written:
    """A file that was written, and what became of each question in it."""

    body: bytes
    items: tuple[Item, ...]
