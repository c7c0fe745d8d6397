"""The completion report as a file: the numbers of the page."""

from collections.abc import Collection, Iterable, Iterator

from lms.db import text_of
from lms.documents.sheets import Cell as Value
from lms.documents.sheets import Column, Group
from lms.formats.countries import country_name
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader
from lms.reports.columns import FIELDS
from lms.reports.queries.completion import Cell, CompletionReport, Row
from lms.reports.queries.modules import ReportModule
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


def completion_sheet(report: CompletionReport, fields: Collection[str] = tuple(FIELDS)) -> Sheet:
    """Lay a report out in the reader's language, with these fields beside names and numbers."""
    words = filters_in_words(report.query, report.all_modules, report.chosen)
    filters = [f"{label}: {value}" for _name, label, value in words]
    return Sheet(
        name=f"completion-{report.network.public_id}-{reader().local_day(report.taken_at)}",
        title=_("Module completion"),
        columns=list(_columns(report, fields)),
        lines=(_line(row, fields) for row in report.page.items),
        totals=_totals(report, fields),
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


def _columns(report: CompletionReport, fields: Collection[str]) -> Iterator[Column]:
    yield Column("organization", _("Organization"), width=NAME_WIDTH)
    yield from (column for field, column in _fields() if field in fields)
    yield from columns_of_modules(report.modules)


def columns_of_modules(modules: Iterable[ReportModule]) -> Iterator[Column]:
    """Two of each module: how many completed it, and what share they are."""
    for module in modules:
        title = text_of(module.titles, language())
        done, share = _("%(title)s: completed", title=title), _("%(title)s: share", title=title)
        key, group = module.public_id, Group(module.public_id, title)
        yield Column(f"{key}_completed", done, "integer", MODULE_WIDTH, group, pgettext("column", "completed"))
        yield Column(f"{key}_share", share, "percent", MODULE_WIDTH, group, pgettext("column", "share"))


def _fields() -> Iterator[tuple[str, Column]]:
    """Fields and the columns that each has, in order."""
    yield "city", Column("city", _("City"))
    yield "country", Column("country", _("Country"))
    yield "sector", Column("sector", _("Field of work"), width=20)
    yield "since", Column("since", _("In the network since"), "date", 14)
    if reader().is_jalali:
        yield "since", Column("since_jalali", _("In the network since (Jalali)"), width=14)
    yield "certification", Column("certification", _("Certification"), width=24)
    yield "people", Column("people", _("People"), "integer", 10)


def _line(row: Row, fields: Collection[str]) -> Line:
    return [
        text_of(row.names, language()),
        *(value for field, value in _values(row) if field in fields),
        *numbers_of(row.cells),
    ]


def _values(row: Row) -> Iterator[tuple[str, Value]]:
    yield "city", text_of(row.city, language())
    yield "country", country_name(row.country, language())
    yield "sector", sector_in_words(row.sector)
    yield "since", row.since
    if reader().is_jalali:
        yield "since", reader().short_date(row.since)
    yield "certification", certificate_in_words(row.certificate)
    yield "people", row.people


def _totals(report: CompletionReport, fields: Collection[str]) -> Line:
    blank = [report.total_people if field == "people" else None for field, _column in _fields() if field in fields]
    return [total_label(report), *blank, *numbers_of(report.totals)]


def numbers_of(cells: tuple[Cell, ...]) -> Iterator[int | float | Hidden | None]:
    """Number and share of each cell; both hidden where the number is not shown."""
    for cell in cells:
        yield Hidden.HIDDEN if cell.completed is None else cell.completed
        yield Hidden.HIDDEN if cell.completed is None else cell.share
