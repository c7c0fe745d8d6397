"""From what is typed to a plan: what cannot be read, or cannot be, is told at its field."""

from dataclasses import dataclass, field
from datetime import date

from lms.certification.defaults import LevelAt, LevelPlan, RequirementPlan, SchemePlan
from lms.certification.defaults import Planned as Given
from lms.certification.models import Expiry, FixedCalendar, Scheme
from lms.certification.requirement_types import Kind, requirement_type
from lms.certification.services.scheme_checks import check_scheme
from lms.certification.typed.tree import TypedLevel, TypedRequirement, TypedScheme
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.organizations.models import Network
from lms.text import ascii_digits, parse_number

LONGEST_NAME = 80
#: What an award's validity is counted from; whatever else is sent is one that has no end.
ENDS = {each.value: each for each in Expiry}
_NUMBERS = (Kind.COUNT, Kind.PERCENT, Kind.MONTHS)


@dataclass
class Planned:
    """A plan, and what is wrong: path to message. What cannot be read stands in the plan as nothing."""

    plan: SchemePlan
    errors: dict[str, str] = field(default_factory=dict)


def planned(typed: TypedScheme, network: Network, scheme: Scheme, today: date) -> Planned:
    """The plan that is typed, checked as one that begins today; its day is checked where it is chosen."""
    reading = _Reading(typed)
    found = Planned(reading.plan(), reading.errors)
    if not found.errors:
        try:
            check_scheme(network, scheme, found.plan, today, today)
        except DomainError as error:
            found.errors[error.field or "levels"] = error.message
    return found


class _Reading:
    """One pass over what is typed."""

    def __init__(self, typed: TypedScheme) -> None:
        self._typed = typed
        self._positions = {level.key: at for at, level in enumerate(typed.levels, 1)}
        self.errors: dict[str, str] = {}

    def plan(self) -> SchemePlan:
        """The plan."""
        self._names("", self._typed.names)
        if not self._typed.names:
            self.errors["names"] = _("Write it in one language at least.")
        levels = [self._level(level, f"levels.{at}") for at, level in enumerate(self._typed.levels)]
        return SchemePlan(dict(self._typed.names), tuple(levels))

    def _names(self, path: str, names: dict[str, str]) -> None:
        for code, text in names.items():
            if len(text) > LONGEST_NAME:
                most = reader().number(LONGEST_NAME)
                self.errors[f"{path}name_{code}"] = _("Write at most %(most)s characters.", most=most)

    def _level(self, level: TypedLevel, path: str) -> LevelPlan:
        self._names(f"{path}.", level.names)
        terms, ends = level.terms, ENDS.get(level.terms.get("ends", ""))
        requirements = [
            self._requirement(each, f"{path}.requirements.{n}") for n, each in enumerate(level.requirements)
        ]
        return LevelPlan(
            names=dict(level.names),
            months_valid=self._months(terms, path) if ends else None,
            automatic=terms.get("awards") == "rule",
            requirements=tuple(requirements),
            level_id=level.level_id,
            expiry=ends or Expiry.AWARD,
            fixed=self._fixed(terms, path) if ends is Expiry.FIXED else None,
            window_days=self._days(terms, path, "window_days") if ends else 0,
            grace_days=self._days(terms, path, "grace_days") if ends else 0,
            four_eyes=terms.get("awards") == "two",
        )

    def _months(self, terms: dict[str, str], path: str) -> int | None:
        found = self._number(terms.get("months_valid", ""), f"{path}.months_valid")
        if found is None:
            self.errors.setdefault(f"{path}.months_valid", _("Write for how many months it is valid."))
        return found

    def _days(self, terms: dict[str, str], path: str, name: str) -> int:
        found = self._number(terms.get(name, ""), f"{path}.{name}")
        if found is None:
            self.errors.setdefault(f"{path}.{name}", _("Write a whole number of days from 0 to 400."))
        return found or 0

    def _fixed(self, terms: dict[str, str], path: str) -> tuple[FixedCalendar, int, int] | None:
        calendar, _dash, month = terms.get("month", "").partition("-")
        day = self._number(terms.get("day", ""), f"{path}.fixed")
        known = {each.value for each in FixedCalendar}
        if calendar not in known or not (month.isascii() and month.isdigit()) or day is None:
            self.errors.setdefault(f"{path}.fixed", _("Choose the day of the year."))
            return None
        return FixedCalendar(calendar), int(month), day

    def _number(self, text: str, path: str) -> int | None:
        if not text:
            return None
        try:
            number = parse_number(text)
        except ValueError:
            self.errors[path] = _("Write a number, in any digits.")
            return None
        if number != int(number):
            self.errors[path] = _("Write a whole number, in any digits.")
            return None
        return int(number)

    def _requirement(self, each: TypedRequirement, path: str) -> RequirementPlan:
        given: dict[str, Given] = {}
        for parameter in requirement_type(each.type).parameters:
            here = f"{path}.{parameter.name}"
            if parameter.kind is Kind.RULES:
                given[parameter.name] = [
                    self._requirement(part, f"{path}.requirements.{n}") for n, part in enumerate(each.parts)
                ]
                continue
            found = self._value(each.values.get(parameter.name, ""), parameter.kind, here)
            if found is not None or not parameter.optional:
                given[parameter.name] = found
        return RequirementPlan(each.type, given)

    def _value(self, text: str, kind: Kind, path: str) -> Given:
        if kind in _NUMBERS:
            return self._number(text, path)
        if kind is Kind.CHOICE:
            return text
        if kind is Kind.LEVEL:
            return self._level_named(text, path)
        typed = ascii_digits(text)
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
            self.errors[path] = _("Choose one of the list.")
            return None
        return int(typed)

    def _level_named(self, key: str, path: str) -> Given:
        position = self._positions.get(key)
        if position is None:
            self.errors[path] = _("Choose a level that comes before this one.")
            return None
        return self._typed.levels[position - 1].level_id or LevelAt(position)
