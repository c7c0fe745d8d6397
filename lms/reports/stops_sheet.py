""" "Where learners stop" as a file, and its chart: the numbers of the page."""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from lms.charts import funnel
from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Network
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.stops import STANDS_STILL, Stops
from lms.reports.sheets import Hidden, Line, Sheet
from lms.reports.wording import conditions, filters_of_modules

Row = tuple[str, int | None, int | None]
"""What it is, how many did it, how many stand still there."""


def rows_of(stops: Stops) -> list[Row]:
    """The beginning, each lesson and quiz, the end."""
    return [
        (_("Began the module"), stops.begun, None),
        *((text_of(stop.titles, language()), stop.done, stop.standing) for stop in stops.stops),
        (_("Completed the module"), stops.completed, None),
    ]


def stops_sheet(stops: Stops, module: ReportModule, network: Network, now: datetime) -> Sheet:
    """Lay the way out in the reader's language."""
    rows = rows_of(stops)
    return Sheet(
        name=f"stops-{network.public_id}-{reader().local_day(now)}",
        title=_("Where learners stop"),
        columns=[
            Column("step", _("Lesson or quiz"), width=34),
            Column("done", _("Read or passed"), "integer"),
            Column("standing", _("Stand still here"), "integer"),
        ],
        lines=_lines(rows),
        totals=None,
        expected=len(rows),
        about=[
            (_("Report"), _("Where learners stop")),
            *conditions(network, now),
            (_("Filters"), filters_of_modules([module], is_chosen=True)),
            (_("Who is counted"), who_is_counted()),
            (_("What is hidden"), what_is_hidden(network.threshold)),
        ],
    )


def _lines(rows: list[Row]) -> Iterator[Line]:
    for place, (label, done, standing) in enumerate(rows):
        is_end = place in (0, len(rows) - 1)
        hidden = Hidden.HIDDEN if standing is None else standing
        yield [label, Hidden.HIDDEN if done is None else done, None if is_end else hidden]


def chart(stops: Stops, module: ReportModule) -> Markup:
    """A funnel."""
    rows = rows_of(stops)
    return funnel(
        [label for label, _done, _standing in rows],
        [done for _label, done, _standing in rows],
        key="stops",
        title=_("Where learners stop"),
        text=_("%(filters)s. The table beside it holds the numbers.", filters=text_of(module.titles, language())),
    )


def who_is_counted() -> str:
    """One sentence on whom the numbers are about."""
    return _(
        "Counted are people who belong to the network today and are on the module's current edition. Whoever completed "
        "it counts for each lesson and quiz that it requires. Whoever has not completed it and has opened nothing of "
        "it for %(days)s days stands still where she was last.",
        days=reader().number(STANDS_STILL.days),
    )


def what_is_hidden(threshold: int) -> str:
    """One sentence on the numbers that are not shown."""
    return _(
        "Groups of fewer than %(number)s people are hidden, and numbers that differ from another one by fewer.",
        number=reader().number(threshold),
    )
