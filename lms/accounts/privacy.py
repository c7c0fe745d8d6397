"""What is kept about a person: each feature that keeps something says how it is exported, erased, and what forbids it.

Features register when they are imported or set up; registering the same again changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lms.accounts.models import Person
from lms.errors import NotAllowed

#: Gives what is kept about a person: mappings, lists, texts, numbers, dates; keys are short English words.
Exporter = Callable[[Person], Any]
#: Empties what names or shows the person, in the present write unit; facts of ids and numbers may stay.
Eraser = Callable[[Person, datetime], None]


@dataclass(frozen=True)
class Hindrance:
    """Why a person cannot be spared yet, and the page (endpoint and its values) where she can change that, if any."""

    message: str
    action: str = ""
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


#: Gives what has to be done before the person can be spared.
EraseCheck = Callable[[Person], list[Hindrance]]


@dataclass(frozen=True)
class Export:
    """One part of what is kept; `title` and `labels` (by key) are what a reader sees, translated when shown."""

    name: str
    exporter: Exporter
    title: str
    labels: Mapping[str, str] = field(default_factory=dict)


_exports: dict[str, Export] = {}
_erasers: dict[str, Eraser] = {}
_checks: dict[str, EraseCheck] = {}


def register_exporter(
    name: str, exporter: Exporter, *, title: str = "", labels: Mapping[str, str] | None = None
) -> None:
    """Add a part to every download of one's data, under `name`. Raises ValueError where another has the name."""
    known = _exports.get(name)
    if known is not None and known.exporter is not exporter:
        raise ValueError(f"two exporters are called {name!r}")
    _exports[name] = Export(name, exporter, title or name, labels or {})


def register_eraser(eraser: Eraser) -> None:
    """Run `eraser` whenever a person is erased, before her profile goes."""
    _erasers[_named(eraser)] = eraser


def register_erase_check(check: EraseCheck) -> None:
    """Ask `check` before a person erases herself."""
    _checks[_named(check)] = check


def _named(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def exports() -> list[Export]:
    """Every part, in the order of registration."""
    return list(_exports.values())


def exported(person: Person) -> dict[str, Any]:
    """Everything that is kept about a person, by the name of its part."""
    return {part.name: part.exporter(person) for part in exports()}


def hindrances(person: Person) -> list[Hindrance]:
    """What has to be done before the person can be erased."""
    return [found for check in _checks.values() for found in check(person)]


def check_erasable(person: Person) -> None:
    """Raises NotAllowed where something has to be done before the person can be erased."""
    for found in hindrances(person):
        raise NotAllowed(found.message)


def erase_parts(person: Person, now: datetime) -> None:
    """Run every eraser."""
    for eraser in _erasers.values():
        eraser(person, now)
