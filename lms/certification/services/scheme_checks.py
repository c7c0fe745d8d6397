"""What a scheme may not say: what nobody could meet, or what leads back to itself."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import or_, select

from lms.certification.defaults import LevelAt, LevelPlan, RequirementPlan, SchemePlan
from lms.certification.models import Expiry, FixedCalendar, Level, Scheme
from lms.certification.requirement_types import Kind, requirement_type
from lms.db import db
from lms.errors import DomainError
from lms.formats.calendars import from_gregorian, from_jalali
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.training.models import Kit, Module

MOST_LEVELS, MOST_REQUIREMENTS = 9, 20
MOST_DAYS, MOST_MONTHS = 400, 120
#: A year of either calendar in which every month has all its days.
LEAP = {FixedCalendar.GREGORIAN: 2024, FixedCalendar.JALALI: 1403}

#: A requirement and where it stands in its plan, as the field of an error names it.
Placed = tuple[str, RequirementPlan]


def check_scheme(network: Network, scheme: Scheme, plan: SchemePlan, starts_on: date, today: date) -> None:
    """Raise DomainError, the field being a path into the plan, for the first thing that cannot be."""
    if starts_on < today:
        raise DomainError(_("A change cannot begin in the past."), "starts_on")
    if not plan.levels or len(plan.levels) > MOST_LEVELS:
        raise DomainError(_("A scheme has one to nine levels."), "levels")
    _check_identities(scheme, plan.levels)
    offered = _Offered(network)
    for at, level in enumerate(plan.levels):
        _check_terms(level, f"levels.{at}")
        for path, requirement in _placed(level.requirements, f"levels.{at}"):
            offered.check(path, requirement)
            _check_earlier(path, requirement, plan.levels[:at], at)


def _check_identities(scheme: Scheme, levels: Sequence[LevelPlan]) -> None:
    known = set(db.session.scalars(select(Level.id).where(Level.scheme_id == scheme.id)))
    ids = [level.level_id for level in levels if level.level_id is not None]
    if len(set(ids)) != len(ids) or not set(ids) <= known:
        raise DomainError(_("This is no level of the scheme."), "levels")


def _check_terms(level: LevelPlan, path: str) -> None:
    if not any(text.strip() for text in level.names.values()):
        raise DomainError(_("Give the level a name, in one language at least."), f"{path}.names")
    _check_validity(level, path)
    for name in ("window_days", "grace_days"):
        if not 0 <= getattr(level, name) <= MOST_DAYS:
            raise DomainError(_("Write a whole number of days from 0 to 400."), f"{path}.{name}")
    if not level.requirements and level.automatic:
        raise DomainError(_("A level that asks for nothing cannot be awarded automatically."), f"{path}.automatic")
    if len(level.requirements) > MOST_REQUIREMENTS:
        raise DomainError(_("A level has twenty conditions at most."), f"{path}.requirements")


def _check_validity(level: LevelPlan, path: str) -> None:
    if level.months_valid is not None and not 1 <= level.months_valid <= MOST_MONTHS:
        raise DomainError(_("Write a whole number of months from 1 to 120."), f"{path}.months_valid")
    if level.expiry != Expiry.AWARD and level.months_valid is None:
        raise DomainError(_("Write for how many months it is valid."), f"{path}.months_valid")
    if (level.expiry == Expiry.FIXED) != (level.fixed is not None):
        raise DomainError(_("Choose the day of the year."), f"{path}.fixed")
    if level.fixed is not None:
        check_fixed(*level.fixed, path)


def check_fixed(calendar: FixedCalendar, month: int, day: int, path: str) -> None:
    """Raise DomainError for a day that no year of the calendar has."""
    make = from_jalali if calendar == FixedCalendar.JALALI else from_gregorian
    try:
        make(LEAP[calendar], month, day)
    except (ValueError, OverflowError) as error:
        raise DomainError(_("There is no such day."), f"{path}.fixed") from error


def _placed(requirements: Sequence[RequirementPlan], path: str) -> Iterator[Placed]:
    """Every requirement, those within others included, the inner ones first."""
    for at, each in enumerate(requirements):
        here = f"{path}.requirements.{at}"
        yield from _placed(parts_of(each), here)
        yield here, each


def parts_of(requirement: RequirementPlan) -> list[RequirementPlan]:
    """The requirements that one holds."""
    held = [value for value in requirement.parameters.values() if isinstance(value, list | tuple)]
    return [each for value in held for each in value]


def _check_earlier(path: str, requirement: RequirementPlan, before: Sequence[LevelPlan], at: int) -> None:
    """A level may ask for one that comes before it: not for itself, nor for one that asks for it."""
    for parameter in requirement_type(requirement.type).parameters:
        if parameter.kind is not Kind.LEVEL:
            continue
        value = requirement.parameters.get(parameter.name)
        earlier = value.position <= at if isinstance(value, LevelAt) else value in {each.level_id for each in before}
        if value is None or not earlier:
            raise DomainError(_("Choose a level that comes before this one."), f"{path}.{parameter.name}")


def offered(network: Network) -> dict[Kind, set[int]]:
    """Ids of the modules and kits that a network's organizations can take."""
    mine = or_(Module.network_id.is_(None), Module.network_id == network.id)
    published = (Module.archived_at.is_(None), Module.current_version_id.is_not(None))
    return {
        Kind.MODULE: set(db.session.scalars(select(Module.id).where(mine, *published))),
        Kind.KIT: set(db.session.scalars(select(Kit.id))),
    }


class _Offered:
    """The modules and kits that a network's organizations can take."""

    def __init__(self, network: Network) -> None:
        self._known = offered(network)

    def check(self, path: str, requirement: RequirementPlan) -> None:
        """Raise DomainError for a type that there is not, or what it cannot be told."""
        kind = requirement_type(requirement.type)
        if kind.key != requirement.type:
            raise DomainError(_("There is no such condition."), f"{path}.type")
        for parameter in kind.parameters:
            value = requirement.parameters.get(parameter.name)
            if parameter.kind is Kind.RULES or isinstance(value, LevelAt):
                continue
            try:
                parameter.check(value)
            except DomainError as error:
                raise DomainError(error.message, f"{path}.{parameter.name}") from error
            if parameter.kind in self._known and value not in self._known[parameter.kind]:
                raise DomainError(_("Choose one of the list."), f"{path}.{parameter.name}")
        try:
            kind.check(_written(requirement))
        except DomainError as error:
            raise DomainError(error.message, f"{path}.{error.field}") from error


def _written(requirement: RequirementPlan) -> dict[str, object]:
    """Its parameters as a rule will hold them; a level of the same plan, which has no id yet, as some id."""
    return {name: _value(value) for name, value in requirement.parameters.items()}


def _value(value: object) -> object:
    if isinstance(value, LevelAt):
        return value.position
    if isinstance(value, list | tuple):
        return [{"type": each.type, "parameters": _written(each)} for each in value]
    return value
