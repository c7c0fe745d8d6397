""" "Over time" as a file, and its chart: the numbers of the page."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from lms.charts import Series, lines
from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import gettext as _
from lms.i18n import language, pgettext, reader
from lms.organizations.models import Network
from lms.reports.queries.trends import TrendQuery, TrendRow
from lms.reports.sheets import Hidden, Line, Sheet
from lms.reports.steps import WEEK, Step, StepKind, step_of
from lms.reports.wording import conditions
from lms.text import isolate


def trend_sheet(query: TrendQuery, network: Network, rows: Sequence[TrendRow], now: datetime) -> Sheet:
    """Lay the steps out in the reader's language."""
    return Sheet(
        name=f"over-time-{network.public_id}-{reader().local_day(now)}",
        title=_("Over time"),
        columns=list(_columns(query)),
        lines=(_line(query, row) for row in rows),
        totals=None,
        expected=len(rows),
        about=[
            (_("Report"), _("Over time")),
            *conditions(network, now),
            (_("Filters"), filters_in_words(query)),
            (_("Who is counted"), what_is_counted()),
            (_("What is hidden"), what_is_hidden(query.threshold)),
        ],
    )


def filters_in_words(query: TrendQuery) -> str:
    """Module and days."""
    module = text_of(query.chosen.titles, language()) if query.chosen else _("All modules")
    return reader().comma.join(map(isolate, [module, _span(query)]))


def _span(query: TrendQuery) -> str:
    """The steps that are shown, each of them whole."""
    first, last = (step_of(query.kind, day) for day in (query.first, query.last))
    if query.kind == StepKind.WEEK:
        last += timedelta(days=WEEK - 1)
        return f"{reader().day(first)} – {reader().day(last)}"
    return " – ".join(dict.fromkeys(map(reader().month, (first, last))))


def step_in_words(kind: StepKind, step: Step) -> str:
    """A month by its name, a week by its first day."""
    return reader().month(step) if kind == StepKind.MONTH else reader().short_date(step)


def what_is_counted() -> str:
    """One sentence on what the numbers are of."""
    return _(
        "Counted are modules that people began and completed while they belonged to an organization of the network, "
        "each on its day; also of those who have left since. Certificates are those of organizations."
    )


def what_is_hidden(threshold: int) -> str:
    """One sentence on the numbers that are not shown."""
    return _(
        "Numbers below %(number)s are hidden, with others from which they could be worked out; the sum of all modules "
        "is without those that have fewer in all. The first and the last step are whole, whatever days are asked for.",
        number=reader().number(threshold),
    )


def chart(query: TrendQuery, rows: Sequence[TrendRow]) -> Markup:
    """Lines, the oldest step first."""
    shown = rows[::-1]
    series = [
        Series(_("Modules begun"), [row.starts for row in shown]),
        Series(_("Modules completed"), [row.completions for row in shown]),
    ]
    return lines(
        [_short(query.kind, row.step) for row in shown],
        series,
        key="trend",
        title=_("Over time"),
        text=_("%(filters)s. The table beside it holds the numbers.", filters=filters_in_words(query)),
    )


def _short(kind: StepKind, step: Step) -> str:
    """What has room under a chart: the name of the month, its year where one begins."""
    if kind == StepKind.WEEK:
        day, month, _year = reader().date_parts(step)
        return reader().digits_of(f"{day} {reader().month_names()[month - 1]}")
    parts = reader().date_parts(step)
    name = reader().month_names()[parts.month - 1]
    return reader().month(step) if parts.month == 1 else name


def _columns(query: TrendQuery) -> Iterator[Column]:
    yield Column("step", pgettext("step", "Month") if query.kind == StepKind.MONTH else pgettext("step", "Week"))
    yield Column("first_day", _("First day"), "date", 14)
    yield Column("starts", _("Modules begun"), "integer")
    yield Column("completions", _("Modules completed"), "integer")
    if query.chosen is None:
        yield Column("awards", _("Certificates awarded"), "integer")


def _line(query: TrendQuery, row: TrendRow) -> Line:
    numbers = [Hidden.HIDDEN if number is None else number for number in (row.starts, row.completions)]
    awards = [row.awards] if query.chosen is None else []
    return [step_in_words(query.kind, row.step), row.step, *numbers, *awards]
