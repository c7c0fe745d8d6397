"""The report by groups as a file: the numbers of the page."""

from collections.abc import Iterator

from lms.documents.sheets import Column
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.reports.completion_sheet import NAME_WIDTH, columns_of_modules, numbers_of
from lms.reports.group_wording import DIMENSIONS, TITLES, how_it_adds_up, rows_in_words, what_groups_hide
from lms.reports.queries.groups import Dimension, GroupReport, GroupRow
from lms.reports.sheets import Hidden, Line, Sheet
from lms.reports.wording import conditions, filters_in_words


def group_sheet(report: GroupReport) -> Sheet:
    """Lay a report by groups out in the reader's language."""
    words = filters_in_words(report.query, report.all_modules, report.chosen)
    filters = [f"{label}: {value}" for _name, label, value in words]
    title = str(TITLES[report.dimension])
    return Sheet(
        name=f"completion-by-{report.dimension}-{report.network.public_id}-{reader().local_day(report.taken_at)}",
        title=title,
        columns=list(_columns(report)),
        lines=(_line(name, row, report) for name, row in rows_in_words(report)),
        totals=_totals(report),
        expected=len(report.rows),
        about=[
            (_("Report"), title),
            *conditions(report.network, report.taken_at),
            (_("Filters"), reader().join(filters) if filters else _("No filter")),
            (_("Who is counted"), how_it_adds_up(report.dimension)),
            *([(_("What is hidden"), what_groups_hide(report))] if report.dimension.is_cut else []),
        ],
    )


def has_people(dimension: Dimension) -> bool:
    """Whether its groups are groups of people, so that these can be counted."""
    return dimension not in (Dimension.LANGUAGE, Dimension.MONTH)


def _columns(report: GroupReport) -> Iterator[Column]:
    yield Column(str(report.dimension), str(DIMENSIONS[report.dimension]), width=NAME_WIDTH)
    if has_people(report.dimension):
        yield Column("people", _("People"), "integer", 10)
    yield from columns_of_modules(report.modules)


def _line(name: str, row: GroupRow, report: GroupReport) -> Line:
    people = [Hidden.HIDDEN if row.people is None else row.people] if has_people(report.dimension) else []
    return [name, *people, *numbers_of(row.cells)]


def _totals(report: GroupReport) -> Line:
    people = [report.people] if has_people(report.dimension) else []
    return [_("The whole network") if not report.query.chooses else _("Total"), *people, *numbers_of(report.totals)]
