"""The contract of a requirement type: a kind of condition that a level can set.

A type is one object without state. It says which parameters it takes, puts a requirement in words, and finds out, in
one statement, how far an organization is. What it finds holds ids and numbers, never names: it is copied into awards.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lms.db import Texts, text_of
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language
from lms.text import isolate

Parameters = Mapping[str, Any]


class Kind(StrEnum):
    """What a parameter is; a form offers it accordingly."""

    COUNT = "count"
    """A whole number from 1."""
    PERCENT = "percent"
    """A whole number from 1 to 100."""
    MODULE = "module"
    """The id of a module."""
    KIT = "kit"
    """The id of a kit."""


@dataclass(frozen=True)
class Parameter:
    """One thing that a requirement of the type has to be told."""

    name: str
    label: str
    kind: Kind

    @property
    def largest(self) -> int | None:
        """Greatest value that it takes."""
        return 100 if self.kind is Kind.PERCENT else None


@dataclass(frozen=True)
class Case:
    """What is judged: an organization, for a network, on a day of the network's calendar."""

    organization_id: int
    network_id: int
    day: date
    #: First instant after the day, in the network's time zone: what happened before it counts.
    until: datetime


class State(StrEnum):
    """Where a requirement stands, in the order in which a board shows them."""

    RETURNED = "returned"
    MISSING = "missing"
    IN_REVIEW = "in_review"
    MET = "met"

    @property
    def order(self) -> int:
        """What needs the reader's hands comes first."""
        return list(State).index(self)


@dataclass(frozen=True)
class Finding:
    """How far an organization is with one requirement."""

    state: State
    have: int
    need: int
    #: Ids and numbers that the verdict rests on.
    facts: dict[str, Any] = field(default_factory=dict)
    #: Ids of the persons whose doing would help.
    missing: tuple[int, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the requirement is fulfilled."""
        return self.state is State.MET


def counted(have: int, need: int, facts: dict[str, Any], missing: tuple[int, ...] = ()) -> Finding:
    """The finding of a requirement that is met as soon as there are enough."""
    return Finding(State.MET if have >= need else State.MISSING, have, need, facts, missing)


@dataclass(frozen=True)
class Titles:
    """Titles of the modules and kits that requirements name, for putting them in words."""

    modules: Mapping[int, Texts] = field(default_factory=dict)
    kits: Mapping[int, Texts] = field(default_factory=dict)

    def module(self, module_id: int) -> str:
        """A module's title in the reader's language, isolated."""
        return isolate(text_of(self.modules.get(module_id), language()) or _("a module that is gone"))

    def kit(self, kit_id: int) -> str:
        """A kit's title in the reader's language, isolated."""
        return isolate(text_of(self.kits.get(kit_id), language()) or _("a kit that is gone"))


class RequirementType(ABC):
    """A kind of condition. `key` names it in the database; a plugin's begins with the plugin's name."""

    key: str
    label: str
    parameters: tuple[Parameter, ...]

    def check(self, parameters: Parameters) -> None:
        """Raise DomainError (field: the parameter's name) where a requirement could not be evaluated."""
        for parameter in self.parameters:
            value = parameters.get(parameter.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise DomainError(_("Write a whole number from 1."), parameter.name)
            if parameter.largest is not None and value > parameter.largest:
                raise DomainError(_("Write a whole number from 1 to 100."), parameter.name)

    @abstractmethod
    def describe(self, parameters: Parameters, titles: Titles) -> str:
        """The requirement as a sentence in the reader's language, plain text."""

    @abstractmethod
    def evaluate(self, case: Case, parameters: Parameters) -> Finding:
        """How far the organization is; one statement, however many people it has."""

    @abstractmethod
    def progress(self, finding: Finding) -> str:
        """The finding in the reader's language («12 of 14 staff»), plain text."""

    def subjects(self, parameters: Parameters, kind: Kind) -> set[int]:
        """Ids of the modules or kits that a requirement names."""
        return {parameters[p.name] for p in self.parameters if p.kind is kind and p.name in parameters}
