"""An organization's people as a file: a line a person and module, as much of it as the page shows."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import LANGUAGE_NAMES, language, reader
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization
from lms.paging import Page
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.persons import MemberRow, Way
from lms.reports.sheets import Line, Sheet
from lms.reports.wording import STAGES, conditions, member_in_words, names_in_words, who_is_counted


def people_sheet(
    network: Network, organization: Organization, modules: Sequence[ReportModule], page: Page[MemberRow], now: datetime
) -> Sheet:
    """Lay an organization's people out in the reader's language."""
    details = organization.shares_names
    return Sheet(
        name=f"people-{organization.public_id}-{reader().local_day(now)}",
        title=_("People by module"),
        columns=list(_columns(details=details)),
        lines=_lines(page, modules, details=details),
        totals=None,
        expected=len(page.items) * len(modules),
        about=[
            (_("Report"), _("People by module")),
            (_("Organization"), text_of(organization.names, language())),
            *conditions(network, now),
            (_("Who is counted"), who_is_counted()),
            (_("Names"), names_in_words(shared=details)),
        ],
    )


def _columns(*, details: bool) -> Iterator[Column]:
    yield Column("person", _("Person"), width=28)
    yield Column("module", _("Module"), width=34)
    yield Column("state", _("State"))
    if not details:
        return
    yield Column("started", _("Began on"), "date", 14)
    yield Column("completed", _("Completed on"), "date", 14)
    if reader().is_jalali:
        yield Column("completed_jalali", _("Completed on (Jalali)"), width=14)
    yield Column("language", _("Language of completion"), width=14)
    yield Column("score", _("Score"), "percent", 10)


def _lines(page: Page[MemberRow], modules: Sequence[ReportModule], *, details: bool) -> Iterator[Line]:
    for row in page.items:
        for module, way in zip(modules, row.ways, strict=True):
            known = [member_in_words(row.member), text_of(module.titles, language()), str(STAGES[way.stage])]
            yield [*known, *(_details(way) if details else [])]


def _details(way: Way) -> Line:
    started = way.started_at and reader().local_day(way.started_at)
    completed = way.completed_at and reader().local_day(way.completed_at)
    jalali = [reader().short_date(completed) if completed else None] if reader().is_jalali else []
    return [started, completed, *jalali, LANGUAGE_NAMES.get(way.language or ""), way.score]
