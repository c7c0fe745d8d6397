"""What the editor of a scheme shows beside what is typed: what can be chosen, who holds what, examples of dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import select

from lms.certification.models import Expiry, FixedCalendar
from lms.certification.requirement_types import Kind, RequirementType, requirement_type, requirement_types
from lms.certification.requirement_types.base import DEEPEST
from lms.certification.scheme_words import example_of, example_rule
from lms.certification.services.scheme_checks import MOST_MONTHS, check_fixed, offered
from lms.certification.typed import TypedLevel, TypedScheme
from lms.db import db, text_of
from lms.errors import DomainError
from lms.formats.names import gregorian_months, jalali_months
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Network
from lms.text import parse_number, sort_key
from lms.training.models import Kit, Module

#: The end of a year in each calendar: for an example, until a day is chosen.
YEAR_ENDS = {
    FixedCalendar.JALALI: (FixedCalendar.JALALI, 12, 29),
    FixedCalendar.GREGORIAN: (FixedCalendar.GREGORIAN, 12, 31),
}
MONTHS = 24

Choice = tuple[str, str]


@dataclass(frozen=True)
class Editor:
    """An editor of a network's scheme, with what is wrong (path to message)."""

    network: Network
    typed: TypedScheme
    base: int
    #: Level id to the number of organizations that hold it.
    holders: Mapping[int, int]
    #: Levels of the revision that it began from which are not there any more, to be put back.
    removed: tuple[TypedLevel, ...]
    today: date
    errors: Mapping[str, str] = field(default_factory=dict)
    is_kept: bool = False

    @cached_property
    def subjects(self) -> dict[Kind, list[Choice]]:
        """The modules and kits that can be chosen, by title."""
        known = offered(self.network)
        return {kind: _titled(model, known[kind]) for kind, model in ((Kind.MODULE, Module), (Kind.KIT, Kit))}

    def type(self, key: str) -> RequirementType:
        """A requirement type."""
        return requirement_type(key)

    def types(self, depth: int) -> list[RequirementType]:
        """The types that can be added at a depth, 0 being the level itself: at the deepest, none that holds others."""
        deepest = depth >= DEEPEST - 1
        return [each for each in requirement_types() if not (deepest and holds_others(each))]

    def earlier(self, at: int) -> list[Choice]:
        """The levels that a requirement of the level in a place can name."""
        return [(each.key, self.name_of(each)) for each in self.typed.levels[:at]]

    def name_of(self, level: TypedLevel) -> str:
        """A level's name, or what stands for it while it has none."""
        return text_of(level.names, language()) or _("A level without a name")

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """What is wrong: its path, the name of the level that it is in, and what is said of it."""
        for path, message in self.errors.items():
            _levels, _dot, rest = path.partition("levels.")
            at = rest.partition(".")[0]
            yield path, self.name_of(self.typed.levels[int(at)]) if at else "", message

    def digits(self, typed: str) -> str:
        """A number that was typed, in the reader's digits, whoever typed it in whatever language."""
        return reader().digits_of(typed)

    def held_by(self, level: TypedLevel) -> int:
        """How many organizations hold a level."""
        return self.holders.get(level.level_id or 0, 0)

    def examples(self, level: TypedLevel) -> dict[str, str]:
        """For each way of counting, when an award of today would end with the months that are typed."""
        months, fixed = _months(level.terms.get("months_valid", "")), _fixed(level.terms)
        return {each.value: example_of(example_rule(each, months, fixed), self.today) for each in Expiry}

    def months(self) -> Iterator[tuple[str, list[Choice]]]:
        """The months of both calendars, the reader's own first."""
        calendars = (
            (FixedCalendar.JALALI, _("Jalali calendar"), jalali_months),
            (FixedCalendar.GREGORIAN, _("Gregorian calendar"), gregorian_months),
        )
        for calendar, label, names in calendars if reader().is_jalali else reversed(calendars):
            months = enumerate(names(language(), reader().country), 1)
            yield label, [(f"{calendar.value}-{number}", name) for number, name in months]


def holds_others(kind: RequirementType) -> bool:
    """Whether a type's requirements hold others."""
    return any(each.kind is Kind.RULES for each in kind.parameters)


def _titled(model: type[Module] | type[Kit], ids: set[int]) -> list[Choice]:
    rows = db.session.execute(select(model.id, model.titles).where(model.id.in_(ids)))
    titled = [(str(id_), text_of(titles, language())) for id_, titles in rows]
    return sorted(titled, key=lambda choice: sort_key(choice[1], language()))


def _months(typed: str) -> int:
    try:
        number = parse_number(typed)
    except ValueError:
        return MONTHS
    return int(number) if number == int(number) and 1 <= number <= MOST_MONTHS else MONTHS


def _fixed(terms: Mapping[str, str]) -> tuple[FixedCalendar, int, int]:
    """The day of the year that is typed, where it is one."""
    usual = YEAR_ENDS[FixedCalendar.JALALI if reader().is_jalali else FixedCalendar.GREGORIAN]
    calendar, _dash, month = terms.get("month", "").partition("-")
    try:
        found = FixedCalendar(calendar), int(month), int(parse_number(terms.get("day", "")))
        check_fixed(*found, "")
    except (ValueError, DomainError):
        return usual
    return found
