"""How a text stands to its source: in step, behind, missing, or not wanted. Derived, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from lms.authoring.drafts.fields import is_optional
from lms.formats import LANGUAGES


class Standing(Protocol):
    """What counts of a text: whether it is there, its revision, and the revision of the source that it follows."""

    @property
    def filled(self) -> bool: ...
    @property
    def revision(self) -> int: ...
    @property
    def based_on(self) -> int | None: ...


class State(StrEnum):
    """Of an item in a language."""

    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"
    UNUSED = "unused"


def state_of(key: str, settings: Mapping[str, Any], texts: Mapping[str, Standing], language: str, source: str) -> State:
    """The state of the item `key` in `language`, where `texts` are its texts and `source` the draft's language."""
    text, original = texts.get(language), texts.get(source)
    if language not in settings.get("languages", LANGUAGES):
        return State.UNUSED
    if text is not None and text.filled:
        return State.STALE if language != source and is_behind(text, original) else State.CURRENT
    if is_optional(key) and (language == source or original is None or not original.filled):
        return State.UNUSED
    return State.MISSING


def is_behind(text: Standing, original: Standing | None) -> bool:
    """Whether the source has moved on since the text was in step with it."""
    return original is not None and original.filled and (text.based_on or 0) < original.revision


@dataclass(frozen=True)
class Figures:
    """How many items are in which state."""

    current: int = 0
    stale: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """Items that are wanted."""
        return self.current + self.stale + self.missing

    @property
    def share(self) -> float:
        """Share of them that are in step, 0 to 1."""
        return self.current / self.total if self.total else 0.0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.current + other.current, self.stale + other.stale, self.missing + other.missing)


def count_states(states: Iterable[State]) -> Figures:
    """Figures of states; unused ones do not count."""
    found = list(states)
    return Figures(found.count(State.CURRENT), found.count(State.STALE), found.count(State.MISSING))
