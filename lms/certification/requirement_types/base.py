"""The contract of a requirement type: a kind of condition that a level can set.

A type is one object without state. It says which parameters it takes, puts a requirement in words, and finds out, in
a statement or two, how far organizations are. What it finds holds ids and numbers, never names: awards copy it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lms.db import Texts, text_of
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language, reader
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
    LEVEL = "level"
    """The id of a level of the same scheme."""
    MONTHS = "months"
    """A whole number of months from 1; may be left out."""
    CHOICE = "choice"
    """One of the values that the parameter offers."""
    RULES = "rules"
    """Requirements, each a mapping of type and parameters."""


Choices = Callable[[], Sequence[tuple[str, str]]]
"""Gives what a parameter offers: values, each with what it is called in the reader's language."""
MOST_MONTHS, MOST_COUNT = 120, 1_000
MOST_RULES, DEEPEST = 10, 3


@dataclass(frozen=True)
class Parameter:
    """One thing that a requirement of the type has to be told."""

    name: str
    label: str
    kind: Kind
    #: Of a choice.
    choices: Choices = tuple

    @property
    def optional(self) -> bool:
        """Whether it may be left out."""
        return self.kind is Kind.MONTHS

    @property
    def largest(self) -> int | None:
        """Greatest value that it takes; None of what is an id."""
        return {Kind.PERCENT: 100, Kind.MONTHS: MOST_MONTHS, Kind.COUNT: MOST_COUNT}.get(self.kind)

    def check(self, value: object) -> None:
        """Raise DomainError, of its name as the field, where it cannot be judged."""
        if value is None and self.optional:
            return
        if self.kind is Kind.CHOICE:
            if value not in {choice for choice, _label in self.choices()}:
                raise DomainError(_("Choose one of the list."), self.name)
        elif not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise DomainError(_("Write a whole number from 1."), self.name)
        elif self.largest is not None and value > self.largest:
            raise DomainError(
                _("Write a whole number from 1 to %(most)s.", most=reader().number(self.largest)), self.name
            )


@dataclass(frozen=True)
class Case:
    """What is judged: an organization, for a network, on a day of the network's calendar."""

    organization_id: int
    network_id: int
    day: date
    #: First instant after the day, in the network's time zone: what happened before it counts.
    until: datetime
    #: Ids of levels that it is supposed to hold, beside those that it does: of who asks what would be.
    supposed: frozenset[int] = frozenset()


class State(StrEnum):
    """Where a requirement stands, in the order in which a board shows them."""

    RETURNED = "returned"
    MISSING = "missing"
    IN_REVIEW = "in_review"
    MET = "met"

    @property
    def order(self) -> int:
        """What needs the reader's hands comes first."""
        return _ORDER[self]


_ORDER = {state: place for place, state in enumerate(State)}


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
    #: Of a requirement that holds others: theirs, in their order.
    parts: "tuple[Finding, ...]" = ()

    @property
    def met(self) -> bool:
        """Whether the requirement is fulfilled."""
        return self.state is State.MET


def counted(have: int, need: int, facts: dict[str, Any], missing: tuple[int, ...] = ()) -> Finding:
    """The finding of a requirement that is met as soon as there are enough."""
    return Finding(State.MET if have >= need else State.MISSING, have, need, facts, missing)


@dataclass(frozen=True)
class Titles:
    """Titles of the modules, kits and levels that requirements name, for putting them in words."""

    modules: Mapping[int, Texts] = field(default_factory=dict)
    kits: Mapping[int, Texts] = field(default_factory=dict)
    levels: Mapping[int, Texts] = field(default_factory=dict)

    def module(self, module_id: int) -> str:
        """A module's title in the reader's language, isolated."""
        return isolate(text_of(self.modules.get(module_id), language()) or _("a module that is gone"))

    def kit(self, kit_id: int) -> str:
        """A kit's title in the reader's language, isolated."""
        return isolate(text_of(self.kits.get(kit_id), language()) or _("a kit that is gone"))

    def level(self, level_id: int) -> str:
        """A level's name in the reader's language, isolated."""
        return isolate(text_of(self.levels.get(level_id), language()) or _("a level that is gone"))


class RequirementType(ABC):
    """A kind of condition. `key` names it in the database; a plugin's begins with the plugin's name."""

    key: str
    label: str
    parameters: tuple[Parameter, ...]

    def check(self, parameters: Parameters) -> None:
        """Raise DomainError (field: the parameter's name) where a requirement could not be evaluated."""
        for parameter in self.parameters:
            parameter.check(parameters.get(parameter.name))

    @abstractmethod
    def describe(self, parameters: Parameters, titles: Titles) -> str:
        """The requirement as a sentence in the reader's language, plain text."""

    def head(self, parameters: Parameters, titles: Titles) -> str:
        """What stands above the requirements that it holds, where those are listed one by one."""
        return self.describe(parameters, titles)

    @abstractmethod
    def evaluate_many(self, cases: Sequence[Case], parameters: Parameters) -> dict[int, Finding]:
        """Organization id to how far it is, for every case; in as many statements for many cases and people as for one.

        The cases are of one network and one day, each organization once; there is one at least.
        """

    def evaluate(self, case: Case, parameters: Parameters) -> Finding:
        """How far one organization is."""
        return self.evaluate_many([case], parameters)[case.organization_id]

    @abstractmethod
    def progress(self, finding: Finding) -> str:
        """The finding in the reader's language («12 of 14 staff»), plain text."""

    def subjects(self, parameters: Parameters, kind: Kind) -> set[int]:
        """Ids of the modules, kits or levels that a requirement names."""
        return {parameters[p.name] for p in self.parameters if p.kind is kind and p.name in parameters}

    def parts(self, _parameters: Parameters) -> Sequence[Mapping[str, Any]]:
        """The requirements that one holds, each a mapping of type and parameters."""
        return ()
