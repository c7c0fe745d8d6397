"""The networks that somebody administers as a file: the numbers of the page."""

from collections.abc import Iterator
from datetime import datetime

from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader
from lms.organizations.labels import FORMS, REACHES
from lms.reports.completion_sheet import NAME_WIDTH, columns_of_modules, numbers_of
from lms.reports.queries.kinds import FORM, NETWORK, REACH, NetworksReport, Together
from lms.reports.sheets import Line, Sheet
from lms.reports.wording import time_in_words

Row = tuple[str, Together]
"""What it is called, and its numbers."""


def forms_of(report: NetworksReport) -> list[Row]:
    """The forms that any of the networks has."""
    kept = {network.form for network in report.networks}
    return [(str(label), report.of(f"{FORM}{key}")) for key, label in FORMS.items() if key in kept]


def reaches_of(report: NetworksReport) -> list[Row]:
    """The reaches that any of the networks has."""
    kept = {network.reach for network in report.networks}
    return [(str(label), report.of(f"{REACH}{key}")) for key, label in REACHES.items() if key in kept]


def networks_sheet(report: NetworksReport, now: datetime) -> Sheet:
    """Lay the networks out in the reader's language: by form, by reach, each alone."""
    lines = list(_lines(report))
    title = _("My networks together")
    return Sheet(
        name=f"networks-{reader().local_day(now)}",
        title=title,
        columns=[
            Column("by", _("Grouped by"), width=14),
            Column("name", _("Name"), width=NAME_WIDTH),
            Column("people", _("People"), "integer", 10),
            *columns_of_modules(report.modules),
        ],
        lines=lines,
        totals=[_("All my networks"), None, report.all.people, *numbers_of(report.all.cells)],
        expected=len(lines),
        about=[
            (_("Report"), title),
            (_("Networks"), reader().join([text_of(each.names, language()) for each in report.networks])),
            (_("As of"), time_in_words(now)),
            (_("Who is counted"), how_it_adds_up()),
        ],
    )


def how_it_adds_up() -> str:
    """One sentence on the columns, and on why rows can be more than their total."""
    return _(
        "The columns are the modules that every network has. Whoever is in several organizations or networks counts in "
        "each row, and once in the total."
    )


def _lines(report: NetworksReport) -> Iterator[Line]:
    alone = [(text_of(each.names, language()), report.of(f"{NETWORK}{each.public_id}")) for each in report.networks]
    kinds = (pgettext("of networks", "Form"), forms_of(report)), (pgettext("of networks", "Reach"), reaches_of(report))
    for by, rows in (*kinds, (_("Network"), alone)):
        for name, group in rows:
            yield [by, name, group.people, *numbers_of(group.cells)]
