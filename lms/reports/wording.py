"""A report's filters and conditions in words, for the page and for every file."""

from collections.abc import Sequence
from datetime import date, datetime

from lms.certification.phases import Phase
from lms.db import text_of
from lms.formats.countries import country_name
from lms.i18n import LANGUAGE_NAMES, language, lazy_pgettext, ngettext, reader
from lms.i18n import gettext as _
from lms.organizations.kinds import Sector
from lms.organizations.labels import SECTORS
from lms.organizations.models import Network
from lms.reports.forms import PROGRESS_LABELS
from lms.reports.queries.certificates import Certificate
from lms.reports.queries.completion import CompletionReport
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import Member, Stage
from lms.reports.query import Chosen, CompletionQuery

PHASES = {
    Phase.IN_PROGRESS: lazy_pgettext("certification", "In progress"),
    Phase.SUBMITTED: lazy_pgettext("certification", "Submitted"),
    Phase.VALID: lazy_pgettext("certification", "Certified"),
    Phase.DUE: lazy_pgettext("certification", "Due for renewal"),
    Phase.GRACE: lazy_pgettext("certification", "In grace"),
    Phase.EXPIRED: lazy_pgettext("certification", "Expired"),
    Phase.SUSPENDED: lazy_pgettext("certification", "Suspended"),
    Phase.REVOKED: lazy_pgettext("certification", "Revoked"),
}

STAGES = {
    Stage.NOT_STARTED: lazy_pgettext("module", "Not started"),
    Stage.STARTED: lazy_pgettext("module", "In progress"),
    Stage.COMPLETED: lazy_pgettext("module", "Completed"),
}


def member_in_words(member: Member) -> str:
    """Her name, or her number where names are not shared."""
    return member.name if member.name is not None else number_in_words(member.number)


def number_in_words(number: int) -> str:
    """What somebody is called whose name is not shared."""
    return _("Learner %(number)s", number=reader().number(number))


def filters_of_modules(modules: Sequence[ReportModule], *, is_chosen: bool) -> str:
    """Which module was asked for, where one was."""
    if not is_chosen:
        return _("No filter")
    return f"{_('Module')}: {reader().join([text_of(module.titles, language()) for module in modules])}"


def names_in_words(*, shared: bool) -> str:
    """One sentence on whether an organization's people are named."""
    if shared:
        return _("The organization shares the names of its people with its networks.")
    return _(
        "The organization does not share the names of its people. They are numbered in the order in which they came, "
        "and only how far each is can be seen."
    )


def certificate_in_words(certificate: Certificate | None) -> str:
    """The level and what has become of it, or nothing."""
    if certificate is None:
        return ""
    return f"{text_of(certificate.level, language())}: {PHASES[certificate.phase]}"


def filters_in_words(
    query: CompletionQuery, modules: Sequence[ReportModule], chosen: Chosen
) -> list[tuple[str, str, str]]:
    """(name in the address, label, value) of every filter that is set."""
    module = next((text_of(each.titles, language()) for each in modules if each.id == query.module_id), "")
    found = [
        ("q", _("Organization name"), query.name),
        ("country", _("Country"), country_name(query.country, language())),
        ("sector", _("Field of work"), sector_in_words(query.sector)),
        ("progress", _("Progress"), str(PROGRESS_LABELS[query.progress]) if query.progress else ""),
        ("module", _("Module"), module),
        ("version", _("Edition"), _number(chosen.edition)),
        ("fewer", _("Completed by fewer people than"), _number(query.fewer)),
        ("language", _("Language of completion"), LANGUAGE_NAMES.get(query.language, "")),
        ("cohort", _("Cohort"), text_of(chosen.cohort, language())),
        ("since", _("Completed from"), day_in_words(query.since)),
        ("until", _("Completed to"), day_in_words(query.until)),
    ]
    return [each for each in found if each[2]]


def _number(number: int | None) -> str:
    return "" if number is None else reader().number(number)


def day_in_words(day: date | None) -> str:
    """A day, for readers of the Hijri calendar in that one too; nothing for no day."""
    if day is None:
        return ""
    hijri = reader().hijri_too(day)
    return f"{reader().day(day)} ({hijri})" if hijri else reader().day(day)


def sector_in_words(sector: str | None) -> str:
    """An organization's field of work, or nothing."""
    return str(SECTORS[Sector(sector)]) if sector else ""


def conditions(network: Network, taken_at: datetime) -> list[tuple[str, str]]:
    """What every file says about itself: of which network, when, and in which days."""
    return [
        (_("Network"), text_of(network.names, language())),
        (_("As of"), time_in_words(taken_at)),
        (_("Time zone of days"), network.time_zone),
    ]


def time_in_words(instant: datetime) -> str:
    """Day and time, and the day in the reader's other calendar where there is one."""
    other = reader().other_calendar(instant)
    return f"{reader().datetime(instant)} ({other})" if other else reader().datetime(instant)


def who_is_counted() -> str:
    """One sentence on whom the numbers are about."""
    return _(
        "Counted are people whose membership is confirmed and in force today, in organizations that are members of "
        "the network today. Whoever is in two organizations counts in each, and once in the totals."
    )


def what_is_hidden(threshold: int) -> str:
    """One sentence on what a finer cut does not show."""
    return _(
        "Filtered by cohort, language or date, groups of fewer than %(number)s people are hidden, with other cells and "
        "totals from which they could be worked out. The totals are of the whole network.",
        number=reader().number(threshold),
    )


def what_is_unknown(unknown: int) -> str:
    """One sentence on organizations that cannot be listed, because their number is hidden."""
    return ngettext(
        "%(num)s organization is not listed, whatever its number, because that number is hidden.",
        "%(num)s organizations are not listed, whatever their numbers, because these are hidden.",
        unknown,
    )


def total_label(report: CompletionReport) -> str:
    """What the last row is the total of."""
    if report.is_cut:
        return _("The whole network")
    return ngettext("%(num)s organization", "%(num)s organizations", report.page.total)
