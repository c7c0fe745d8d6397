"""What is typed, as it is typed: every value a text, whether it can be read or not."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

#: What is typed of a level beside its names and requirements.
TERMS = ("ends", "months_valid", "month", "day", "window_days", "grace_days", "awards")
#: What `key` begins with while a level has no id yet.
NEW = "new"


@dataclass
class TypedRequirement:
    """A requirement; `values` holds its parameters, `parts` the requirements within it."""

    type: str
    values: dict[str, str] = field(default_factory=dict)
    parts: list["TypedRequirement"] = field(default_factory=list)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "TypedRequirement":
        """As it was kept."""
        return cls(kept["type"], dict(kept["values"]), [cls.from_json(each) for each in kept["parts"]])


@dataclass
class TypedLevel:
    """A level; `key` is its id, or what tells a new one from the others."""

    key: str
    names: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    requirements: list[TypedRequirement] = field(default_factory=list)

    @property
    def level_id(self) -> int | None:
        """None: it is new."""
        return int(self.key) if self.key.isascii() and self.key.isdigit() else None

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "TypedLevel":
        """As it was kept."""
        requirements = [TypedRequirement.from_json(each) for each in kept["requirements"]]
        return cls(kept["key"], dict(kept["names"]), dict(kept["terms"]), requirements)


@dataclass
class TypedScheme:
    """A scheme, and from when on and for whom it is to be so."""

    names: dict[str, str] = field(default_factory=dict)
    levels: list[TypedLevel] = field(default_factory=list)
    #: A day in ISO form; empty: today.
    starts_on: str = ""
    reaches_running: bool = False

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "TypedScheme":
        """As it was kept."""
        levels = [TypedLevel.from_json(each) for each in kept["levels"]]
        return cls(dict(kept["names"]), levels, kept["starts_on"], kept["reaches_running"])

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)


def new_level(others: Iterable[TypedLevel]) -> TypedLevel:
    """A level to begin with, whose key none of the others has."""
    taken = {each.key for each in others}
    key = next(key for number in range(1, len(taken) + 2) if (key := f"{NEW}{number}") not in taken)
    terms = ("previous", "24", "", "", "90", "60", "admin")
    return TypedLevel(key, terms=dict(zip(TERMS, terms, strict=True)))
