"""The completion report as a file: the numbers of the page."""

from collections.abc import Iterator

from lms.db import text_of
from lms.documents.sheets import Column
from lms.formats.countries import country_name
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.reports.queries.completion import Cell, CompletionReport, Row
from lms.reports.sheets import Hidden, Line, Sheet
from lms.reports.wording import (
    certificate_in_words,
    conditions,
    filters_in_words,
    sector_in_words,
    total_label,
    what_is_hidden,
    what_is_unknown,
    who_is_counted,
)

NAME_WIDTH = 34
MODULE_WIDTH = 16


def completion_sheet(report: CompletionReport) -> Sheet:
    """Lay a report out in the reader's language."""
    words = filters_in_words(report.query, report.all_modules, report.chosen)
    filters = [f"{label}: {value}" for _name, label, value in words]
    return Sheet(
        name=f"completion-{report.network.public_id}-{reader().local_day(report.taken_at)}",
        title=_("Module completion"),
        columns=list(_columns(report)),
        lines=map(_line, report.page.items),
        totals=_totals(report),
        expected=report.page.total,
        about=[
            (_("Report"), _("Module completion")),
            *conditions(report.network, report.taken_at),
            (_("Filters"), reader().join(filters) if filters else _("No filter")),
            (_("Who is counted"), who_is_counted()),
            *([(_("What is hidden"), what_is_hidden(report.network.threshold))] if report.is_cut else []),
            *([(_("What is not listed"), what_is_unknown(report.unknown))] if report.unknown else []),
        ],
    )


def _columns(report: CompletionReport) -> Iterator[Column]:
    yield Column("organization", _("Organization"), width=NAME_WIDTH)
    yield Column("city", _("City"))
    yield Column("country", _("Country"))
    yield Column("sector", _("Field of work"), width=20)
    yield Column("since", _("In the network since"), "date", 14)
    if reader().is_jalali:
        yield Column("since_jalali", _("In the network since (Jalali)"), width=14)
    yield Column("certification", _("Certification"), width=24)
    yield Column("people", _("People"), "integer", 10)
    for module in report.modules:
        title = text_of(module.titles, language())
        yield Column(f"{module.public_id}_completed", _("%(title)s: completed", title=title), "integer", MODULE_WIDTH)
        yield Column(f"{module.public_id}_share", _("%(title)s: share", title=title), "percent", MODULE_WIDTH)


def _line(row: Row) -> Line:
    return [
        text_of(row.names, language()),
        text_of(row.city, language()),
        country_name(row.country, language()),
        sector_in_words(row.sector),
        row.since,
        *([reader().short_date(row.since)] if reader().is_jalali else []),
        certificate_in_words(row.certificate),
        row.people,
        *numbers_of(row.cells),
    ]


def _totals(report: CompletionReport) -> Line:
    blank = [None] * (6 if reader().is_jalali else 5)
    return [total_label(report), *blank, report.total_people, *numbers_of(report.totals)]


def numbers_of(cells: tuple[Cell, ...]) -> Iterator[int | float | Hidden | None]:
    """Number and share of each cell; both hidden where the number is not shown."""
    for cell in cells:
        yield Hidden.HIDDEN if cell.completed is None else cell.completed
        yield Hidden.HIDDEN if cell.completed is None else cell.share
