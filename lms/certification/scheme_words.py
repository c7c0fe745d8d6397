"""A scheme in words, in the reader's language: what its page says, and what a change changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lms.certification.models import Cycle, Expiry, FixedCalendar, LevelRule
from lms.certification.requirement_types import Titles, requirement_type
from lms.certification.validity import validity
from lms.db import text_of
from lms.formats.names import gregorian_months, jalali_months
from lms.i18n import gettext as _
from lms.i18n import language, ngettext, pgettext, reader
from lms.text import isolate

#: How long before its end the example's certificate is renewed.
RENEWED_EARLY = timedelta(days=30)


@dataclass(frozen=True)
class RequirementWords:
    """A requirement's sentence; where it holds others, what stands above them."""

    text: str
    parts: tuple["RequirementWords", ...]


@dataclass(frozen=True)
class LevelWords:
    """A level in words."""

    position: int
    heading: str
    #: What stands above its requirements, or instead of them.
    intro: str
    #: What is said of it, each with a label.
    terms: tuple[tuple[str, str], ...]
    #: An award of today, and its renewal: with the days that they would end on.
    example: str
    requirements: tuple[RequirementWords, ...]


def level_words(rule: LevelRule, titles: Titles, today: date) -> LevelWords:
    """What a rule says of a level."""
    requirements = tuple(requirement_words(rule.requirements, titles))
    return LevelWords(
        rule.position,
        f"{reader().number(rule.position)}. {isolate(text_of(rule.names, language()))}",
        _("It is awarded when all of this is so:") if requirements else _("It asks for nothing; an admin decides."),
        tuple(terms_of(rule)),
        example_of(rule, today),
        requirements,
    )


def requirement_words(requirements: Iterable[Mapping[str, Any]], titles: Titles) -> Iterator[RequirementWords]:
    """Requirements as sentences, those that hold others with what they hold."""
    for each in requirements:
        kind, parameters = requirement_type(each["type"]), each["parameters"]
        parts = tuple(requirement_words(kind.parts(parameters), titles))
        yield RequirementWords(kind.head(parameters, titles) if parts else kind.describe(parameters, titles), parts)


def sentence_of(requirement: Mapping[str, Any], titles: Titles) -> str:
    """A requirement in one line, whatever it holds."""
    return requirement_type(requirement["type"]).describe(requirement["parameters"], titles)


def terms_of(rule: LevelRule) -> Iterator[tuple[str, str]]:
    """What is said of a level beside what it asks for."""
    yield _("Validity"), _validity(rule)
    if rule.months_valid is not None:
        yield _("Renewal"), _window(rule.window_days)
        yield _("Days of grace"), _grace(rule.grace_days)
    yield pgettext("of a level", "Award"), _award(rule)


def _validity(rule: LevelRule) -> str:
    months = rule.months_valid
    if months is None:
        return _("Without end.")
    if rule.expiry == Expiry.FIXED:
        return ngettext(
            "Until the next %(day)s that leaves it valid for %(num)s month at least.",
            "Until the next %(day)s that leaves it valid for %(num)s months at least.",
            months,
            day=day_of_year(rule),
        )
    if rule.expiry == Expiry.AWARD:
        return ngettext(
            "%(num)s month from the day of the award, of a renewal too.",
            "%(num)s months from the day of the award, of a renewal too.",
            months,
        )
    return ngettext(
        "%(num)s month; a renewal in time is counted from the end of the certificate before it.",
        "%(num)s months; a renewal in time is counted from the end of the certificate before it.",
        months,
    )


def day_of_year(rule: LevelRule) -> str:
    """The fixed day of the year, by the name of its month: it tells the calendar."""
    assert rule.fixed_month is not None
    months = jalali_months if rule.fixed_calendar == FixedCalendar.JALALI else gregorian_months
    day = reader().digits_of(str(rule.fixed_day))
    return f"{day} {months(language(), reader().country)[rule.fixed_month - 1]}"


def _window(days: int) -> str:
    if not days:
        return _("From its last valid day on.")
    return ngettext("From %(num)s day before its end on.", "From %(num)s days before its end on.", days)


def _grace(days: int) -> str:
    if not days:
        return pgettext("days of grace", "None.")
    return ngettext(
        "For %(num)s day after its end the level is still held, and a renewal continues it.",
        "For %(num)s days after its end the level is still held, and a renewal continues it.",
        days,
    )


def _award(rule: LevelRule) -> str:
    if rule.automatic:
        return _("Of itself, as soon as everything is met.")
    if rule.four_eyes:
        return _("By a network admin, after a second one has agreed.")
    return _("By a network admin, once everything is met.")


def example_of(rule: LevelRule, today: date) -> str:
    """When an award of today would end, and a renewal of it; empty for what has no end."""
    first = validity(rule, today, None)
    if first is None:
        return ""
    renewed_on = max(first.window_opens_on, min(first.due_on, first.due_on - RENEWED_EARLY))
    later = validity(rule, renewed_on, Cycle(due_on=first.due_on))
    assert later is not None
    return _(
        "Awarded today, it would be valid until %(end)s; renewed on %(renewed)s, until %(later)s.",
        end=reader().day(first.due_on),
        renewed=reader().day(renewed_on),
        later=reader().day(later.due_on),
    )


def example_rule(expiry: Expiry, months: int, fixed: tuple[FixedCalendar, int, int]) -> LevelRule:
    """A rule for an example of one way of counting."""
    calendar, month, day = fixed if expiry is Expiry.FIXED else (None, None, None)
    terms: dict[str, Any] = {"fixed_calendar": calendar, "fixed_month": month, "fixed_day": day}
    return LevelRule(expiry=expiry, months_valid=months, window_days=90, grace_days=0, **terms)
