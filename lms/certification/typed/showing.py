"""What a revision says, as the editor shows it."""

from collections.abc import Mapping
from typing import Any

from lms.certification.models import Expiry, LevelRule, Revision
from lms.certification.requirement_types import Kind, requirement_type
from lms.certification.typed.tree import TypedLevel, TypedRequirement, TypedScheme
from lms.i18n import reader


def shown_revision(revision: Revision) -> TypedScheme:
    """A revision, to begin from."""
    return TypedScheme(dict(revision.names), [shown_level(rule) for rule in revision.levels])


def shown_level(rule: LevelRule) -> TypedLevel:
    """A level of a revision."""
    terms = {
        "ends": "none" if rule.months_valid is None else Expiry(rule.expiry).value,
        "months_valid": _number(rule.months_valid),
        "month": f"{rule.fixed_calendar}-{rule.fixed_month}" if rule.fixed_calendar else "",
        "day": _number(rule.fixed_day),
        "window_days": _number(rule.window_days),
        "grace_days": _number(rule.grace_days),
        "awards": "rule" if rule.automatic else "two" if rule.four_eyes else "admin",
    }
    requirements = [_requirement(each) for each in rule.requirements]
    return TypedLevel(str(rule.level_id), dict(rule.names), terms, requirements)


def _requirement(held: Mapping[str, Any]) -> TypedRequirement:
    kind, parameters = requirement_type(held["type"]), held["parameters"]
    plain = [each for each in kind.parameters if each.kind is not Kind.RULES]
    values = {each.name: _value(each.kind, parameters.get(each.name)) for each in plain}
    return TypedRequirement(held["type"], values, [_requirement(part) for part in kind.parts(parameters)])


def _value(kind: Kind, value: object) -> str:
    if kind in (Kind.COUNT, Kind.PERCENT, Kind.MONTHS):
        return _number(value)
    return "" if value is None else str(value)


def _number(value: object) -> str:
    return "" if value is None else reader().digits_of(str(value))
