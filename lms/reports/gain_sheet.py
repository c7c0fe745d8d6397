""" "Before and after" as a file, and its chart: the numbers of the page."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from lms.charts import pairs
from lms.db import text_of
from lms.documents.sheets import Cell, Column
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Network
from lms.reports.queries.gains import WHOLE, GainRow
from lms.reports.sheets import Hidden, Line, Sheet
from lms.reports.wording import conditions, filters_of_modules


def gain_sheet(rows: Sequence[GainRow], network: Network, now: datetime) -> Sheet:
    """Lay the modules out in the reader's language."""
    return Sheet(
        name=f"before-and-after-{network.public_id}-{reader().local_day(now)}",
        title=_("Before and after"),
        columns=[
            Column("module", _("Module"), width=34),
            Column("people", _("Answered both"), "integer"),
            Column("before", _("Mean before"), "percent"),
            Column("after", _("Mean after"), "percent"),
            Column("difference", _("Difference, in points"), "integer"),
            Column("gain", _("Normalized gain"), "number"),
        ],
        lines=map(_line, rows),
        totals=None,
        expected=len(rows),
        about=[
            (_("Report"), _("Before and after")),
            *conditions(network, now),
            (_("Filters"), filters_of_modules([], is_chosen=False)),
            (_("Who is counted"), who_is_counted()),
            (_("Normalized gain"), what_gain_is()),
            (_("What is hidden"), what_is_hidden(network.threshold)),
        ],
    )


def _line(row: GainRow) -> Line:
    means = [None if value is None else value / WHOLE for value in (row.before, row.after)]
    found: list[Cell] = [*means, row.difference, row.gain]
    people = Hidden.HIDDEN if row.people is None else row.people
    shown: Iterator[Cell | Hidden] = (Hidden.HIDDEN if row.is_hidden else value for value in found)
    return [text_of(row.titles, language()), people, *shown]


def chart(rows: Sequence[GainRow]) -> Markup:
    """Two bars a module, of those whose means are shown; nothing where there are none."""
    shown = [row for row in rows if row.before is not None and row.after is not None]
    if not shown:
        return Markup("")
    return pairs(
        [text_of(row.titles, language()) for row in shown],
        [(row.before or 0, row.after or 0) for row in shown],
        names=(_("Mean before"), _("Mean after")),
        key="gain",
        title=_("Before and after"),
        text=_("The table beside it holds the numbers."),
    )


def who_is_counted() -> str:
    """One sentence on whom the numbers are about."""
    return _(
        "Counted are people who belong to the network today and have answered both: a module's entry quiz before its "
        "first lesson, and the quiz that it is compared with. Of the second the first attempt counts."
    )


def what_gain_is() -> str:
    """One sentence on what the last column says."""
    return _(
        "Of what people did not know before, the share that they know after: the difference divided by what was "
        "missing to 100."
    )


def what_is_hidden(threshold: int) -> str:
    """One sentence on the numbers that are not shown."""
    return _(
        "Means of fewer than %(number)s people are hidden, and numbers of people that differ by fewer from those who "
        "began or completed the module. Means are rounded to whole percents.",
        number=reader().number(threshold),
    )
