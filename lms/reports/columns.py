"""Which columns of the completion report a reader chose. They stand in the address, and never change a number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from lms.i18n import lazy_gettext as _
from lms.reports.queries.completion import CompletionReport
from lms.reports.queries.modules import ReportModule

#: What can stand beside an organization's name, in this order.
FIELDS = {
    "city": _("City"),
    "country": _("Country"),
    "sector": _("Field of work"),
    "since": _("In the network since"),
    "certification": _("Certification"),
    "people": _("People"),
}
#: What a page shows where nobody chose; files then hold everything.
ON_PAGE = frozenset({"city", "certification", "people"})


def chosen_columns(arguments: Mapping[str, str], modules: Sequence[ReportModule]) -> list[str]:
    """The columns that an address names, in order: fields, and modules by their public ids; nothing where none is."""
    asked = arguments.getlist("columns") if isinstance(arguments, MultiDict) else [arguments.get("columns", "")]
    named = set(",".join(asked).split(","))
    return [key for key in (*FIELDS, *(module.public_id for module in modules)) if key in named]


def fields_of(columns: Collection[str], usual: Collection[str]) -> frozenset[str]:
    """The fields among the chosen columns; the usual ones where nothing was chosen."""
    return frozenset(usual if not columns else FIELDS.keys() & set(columns))


def with_columns(report: CompletionReport, columns: Collection[str]) -> CompletionReport:
    """The report with the chosen modules only; with all of its modules where none of them was chosen."""
    places = [place for place, module in enumerate(report.modules) if module.public_id in columns]
    if not places:
        return report
    rows = [replace(row, cells=tuple(row.cells[place] for place in places)) for row in report.page.items]
    return replace(
        report,
        modules=tuple(report.modules[place] for place in places),
        totals=tuple(report.totals[place] for place in places),
        page=replace(report.page, items=rows),
    )
