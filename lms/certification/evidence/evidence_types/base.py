"""The contract of a type of evidence: what is told of a piece of practice, and by what it is judged.

A type is one object without state. It declares fields, from which the pages make form and view; refuses values that
contradict one another; says what there is in one sentence; and names the criteria that reviewers score.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from lms.i18n import gettext as _

#: Field name to what is stored: a text, a number, an ISO date, or {"amount", "currency"}.
Values = Mapping[str, Any]


class Kind(StrEnum):
    """What a field holds; form and page show it accordingly."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    """A date, typed in the reader's calendar, stored as ISO."""
    NUMBER = "number"
    """A whole number, in any digits."""
    CHOICE = "choice"
    MONEY = "money"
    """{"amount": a decimal as text, "currency": its code}."""


@dataclass(frozen=True)
class EvidenceField:
    """One thing that is told. What is required may be missing in a draft, and not when it is handed in."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    required: bool = True
    #: Value and label of what can be chosen.
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def most(self) -> int:
        """Longest text that it takes."""
        return 200 if self.kind is Kind.LINE else 20_000


class Scale(StrEnum):
    """How a criterion is scored."""

    DEGREES = "degrees"
    """0 to 3."""
    YES = "yes"
    """No, partly, yes: 0 to 2."""

    @property
    def most(self) -> int:
        """The best score."""
        return 3 if self is Scale.DEGREES else 2


@dataclass(frozen=True)
class Criterion:
    """What reviewers look at."""

    key: str
    label: str
    scale: Scale = Scale.DEGREES


@dataclass(frozen=True)
class Fault:
    """What contradicts, at the field that should be changed."""

    field: str
    message: str


class EvidenceType(ABC):
    """A kind of proof of practice. `key` names it in the database; a plugin's begins with the plugin's name."""

    key: str
    label: str
    help: str
    fields: tuple[EvidenceField, ...]
    criteria: tuple[Criterion, ...]
    #: The field that says on which day it happened: how old the evidence is. None: the day of acceptance.
    dated_by: str | None = None
    #: Fields of days that cannot lie ahead.
    past: tuple[str, ...] = ()
    #: Fields of days, each not before the one beside it: (earlier, later).
    ordered: tuple[tuple[str, str], ...] = ()

    @abstractmethod
    def summary(self, values: Values) -> str:
        """What there is, as a sentence in the reader's language, plain text. Any value may be missing."""

    def faults(self, values: Values, today: date) -> Iterator[Fault]:
        """What cannot be so, beside what a single field refuses; more may be added by a type."""
        for name in self.past:
            day = day_in(values, name)
            if day is not None and day > today:
                yield Fault(name, _("This day lies ahead."))
        for earlier, later in self.ordered:
            first, last = day_in(values, earlier), day_in(values, later)
            if first is not None and last is not None and last < first:
                yield Fault(later, _("This day lies before “%(other)s”.", other=self.field(earlier).label))

    def field(self, name: str) -> EvidenceField:
        """The field of that name."""
        return next(each for each in self.fields if each.name == name)

    def missing(self, values: Values) -> list[EvidenceField]:
        """What is required and not there."""
        return [each for each in self.fields if each.required and values.get(each.name) in (None, "")]

    def happened_on(self, values: Values) -> date | None:
        """The day that the evidence is dated by; None where only its acceptance dates it."""
        return day_in(values, self.dated_by) if self.dated_by else None

    def scores(self, given: Mapping[str, int]) -> dict[str, int]:
        """The scores that count: of criteria of this type, within their scales."""
        return {
            each.key: given[each.key]
            for each in self.criteria
            if each.key in given and 0 <= given[each.key] <= each.scale.most
        }


#: Where the day begins first.
FIRST_ZONE = timedelta(hours=14)


def begun_somewhere(now: datetime) -> date:
    """The latest day that has begun anywhere: whoever tells of today may live ahead of UTC."""
    return (now + FIRST_ZONE).date()


def day_in(values: Values, name: str) -> date | None:
    """A day among the values."""
    stored = values.get(name)
    return date.fromisoformat(stored) if stored else None
