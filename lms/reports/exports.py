"""The completion report as a file: the numbers of the page, with what they are and whether all are there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from lms.db import text_of
from lms.documents.sheets import Cell as Value
from lms.documents.sheets import Column, write_csv
from lms.formats.countries import country_name
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader
from lms.reports.queries.completion import Cell, CompletionReport, Row
from lms.reports.wording import (
    certificate_in_words,
    filters_in_words,
    time_in_words,
    total_label,
    what_is_hidden,
    who_is_counted,
)

FORMATS = {
    "csv": "text/csv; charset=utf-8",
}
NAME_WIDTH = 34
MODULE_WIDTH = 16


@dataclass
class Sheet:
    """A report laid out for a spreadsheet: its columns, rows, and what is said about it."""

    title: str
    columns: list[Column]
    report: CompletionReport
    about: list[tuple[str, str]] = field(default_factory=list)

    def rows(self) -> Iterator[list[Value]]:
        """The rows and the totals; `about` ends with how many rows were written once all are."""
        written = 0
        for row in self.report.page.items:
            yield _row(row)
            written += 1
        yield _totals(self.report)
        self.about.append((_("Rows written"), reader().number(written)))


def completion_sheet(report: CompletionReport) -> Sheet:
    """Lay a report out in the reader's language."""
    return Sheet(_("Module completion"), list(_columns(report)), report, _about(report))


def stream(report: CompletionReport, file_format: str) -> Iterator[bytes]:
    """A file of the given format, piece by piece."""
    yield from (line.encode() for line in csv_lines(completion_sheet(report)))


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """The lines of a CSV file: the table, an empty line, and what is said about it."""
    yield from write_csv(sheet.columns, chain(sheet.rows(), [[]], (list(pair) for pair in sheet.about)))


def file_name(report: CompletionReport, file_format: str) -> str:
    """An ASCII name with the network's id and the day."""
    return f"completion-{report.network.public_id}-{reader().local_day(report.taken_at)}.{file_format}"


def _columns(report: CompletionReport) -> Iterator[Column]:
    yield Column("organization", _("Organization"), width=NAME_WIDTH)
    yield Column("city", _("City"))
    yield Column("country", _("Country"))
    yield Column("since", _("In the network since"), "date", 14)
    if reader().is_jalali:
        yield Column("since_jalali", _("In the network since (Jalali)"), width=14)
    yield Column("certification", _("Certification"), width=24)
    yield Column("people", _("People"), "integer", 10)
    for module in report.modules:
        title = text_of(module.titles, language())
        yield Column(f"{module.public_id}_completed", _("%(title)s: completed", title=title), "integer", MODULE_WIDTH)
        yield Column(f"{module.public_id}_share", _("%(title)s: share", title=title), "percent", MODULE_WIDTH)


def _row(row: Row) -> list[Value]:
    since: list[Value] = [row.since]
    if reader().is_jalali:
        since.append(reader().short_date(row.since))
    return [
        text_of(row.names, language()),
        text_of(row.city, language()),
        country_name(row.country, language()),
        *since,
        certificate_in_words(row.certificate),
        row.people,
        *_numbers(row.cells),
    ]


def _totals(report: CompletionReport) -> list[Value]:
    blank: list[Value] = [None] * (5 if reader().is_jalali else 4)
    return [total_label(report), *blank, report.total_people, *_numbers(report.totals)]


def _numbers(cells: tuple[Cell, ...]) -> Iterator[Value]:
    for cell in cells:
        yield pgettext("number", "hidden") if cell.completed is None else cell.completed
        yield pgettext("number", "hidden") if cell.completed is None else cell.share


def _about(report: CompletionReport) -> list[tuple[str, str]]:
    filters = [f"{label}: {value}" for _name, label, value in filters_in_words(report.query, report.all_modules)]
    return [
        (_("Report"), _("Module completion")),
        (_("Network"), text_of(report.network.names, language())),
        (_("As of"), time_in_words(report.taken_at)),
        (_("Time zone of days"), report.network.time_zone),
        (_("Filters"), reader().join(filters) if filters else _("No filter")),
        (_("Who is counted"), who_is_counted()),
        *([(_("What is hidden"), what_is_hidden(report.network.threshold))] if report.is_cut else []),
        (_("Rows expected"), reader().number(report.page.total)),
    ]
