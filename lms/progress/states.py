"""Where a person stands in modules and kits, as the pages read it."""

import uuid
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lms.db import Texts
from lms.training.models import PartKind


@dataclass(frozen=True)
class Item:
    """A lesson or quiz in a module's sequence, and whether it is behind her."""

    kind: PartKind
    key: str
    required: bool
    done: bool
    #: Of an entry quiz: key of the quiz that it is compared with.
    before: str = ""
    #: Whether it is an entry quiz that was left out: it asks before the lessons, and she is past that.
    is_over: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still before her."""
        return not self.done and not self.is_over


def with_entry_left_out(items: Sequence[Item], begun: Container[str], *, learned: bool) -> tuple[Item, ...]:
    """The items of a module, the entry quiz as left out where it comes too late: something of the module is learned,
    or what it is compared with is among the quizzes begun."""
    return tuple(
        replace(item, is_over=not item.done and (learned or item.before in begun)) if item.before else item
        for item in items
    )


@dataclass(frozen=True)
class ModuleState:
    """A module as one person sees it."""

    id: int
    public_id: str
    titles: Texts
    summaries: Texts
    languages: list[str]
    minutes: int
    #: The version that she reads (the current one where she has not begun), and the newest.
    version_id: int
    version_uid: uuid.UUID
    current_version_id: int
    items: tuple[Item, ...]
    started_at: datetime | None = None
    last_place: str = ""
    last_at: datetime | None = None
    completed_at: datetime | None = None
    score: float | None = None
    kit_id: int | None = None
    #: Ids of the modules to be completed first.
    waits_for: tuple[int, ...] = ()

    @property
    def lessons_done(self) -> int:
        """How many lessons she has read."""
        return sum(item.done for item in self.items if item.kind is PartKind.LESSON)

    @property
    def lessons(self) -> int:
        """How many lessons there are."""
        return sum(item.kind is PartKind.LESSON for item in self.items)

    @property
    def items_counted(self) -> int:
        """How many lessons and quizzes there are; the entry quiz is none of them."""
        return sum(not item.before for item in self.items)

    @property
    def items_done(self) -> int:
        """How many of these are done."""
        return sum(item.done for item in self.items if not item.before)

    @property
    def entry(self) -> Item | None:
        """The quiz that asks before the lessons."""
        return next((item for item in self.items if item.before), None)

    @property
    def was_compared(self) -> bool:
        """Whether she was asked before the lessons, and has passed the quiz that asks after them."""
        entry = self.entry
        return entry is not None and entry.done and any(i.done for i in self.items if i.key == entry.before)

    @property
    def share_done(self) -> float:
        """Share of the required things that are done, 0 to 1."""
        required = [item for item in self.items if item.required]
        return sum(item.done for item in required) / len(required) if required else 0.0

    @property
    def next_item(self) -> Item | None:
        """The first thing that is not done, or left out."""
        return next((item for item in self.items if item.waits), None)

    @property
    def state(self) -> str:
        """done, locked, now (begun) or open."""
        if self.completed_at is not None:
            return "done"
        if self.waits_for:
            return "locked"
        return "now" if self.started_at is not None else "open"


@dataclass(frozen=True)
class KitState:
    """A kit with its modules as one person sees them."""

    id: int | None
    titles: Texts
    summaries: Texts = field(default_factory=dict)
    modules: tuple[ModuleState, ...] = ()

    @property
    def done(self) -> int:
        """How many modules she completed."""
        return sum(module.state == "done" for module in self.modules)
