""" "From invitation to completion" as a file, and its chart: the numbers of the page."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from lms.charts import Reach, reaches
from lms.db import text_of
from lms.documents.sheets import Column
from lms.i18n import gettext as _
from lms.i18n import language, ngettext, reader
from lms.organizations.models import Network
from lms.reports.counters.models import Wait
from lms.reports.counters.waits import COARSE, EXACT
from lms.reports.quantiles import HALF, QUARTER, SHARES, THREE_QUARTERS
from lms.reports.queries.waits import WaitQuery, WaitRow
from lms.reports.sheets import Hidden, Line, Sheet
from lms.reports.wording import conditions, filters_of_modules

WEEK, MONTH, THREE_MONTHS = LIMITS = (7, 30, 90)
PARTS = (Wait.JOINED, Wait.BEGUN, Wait.COMPLETED)


def wait_sheet(query: WaitQuery, network: Network, rows: Sequence[WaitRow], now: datetime) -> Sheet:
    """Lay the modules out in the reader's language."""
    return Sheet(
        name=f"time-to-complete-{network.public_id}-{reader().local_day(now)}",
        title=_("From invitation to completion"),
        columns=list(_columns()),
        lines=(_line(row) for row in rows),
        totals=None,
        expected=len(rows),
        about=[
            (_("Report"), _("From invitation to completion")),
            *conditions(network, now),
            (_("Filters"), filters_of_modules([row.module for row in rows], is_chosen=query.chosen is not None)),
            (_("Who is counted"), who_is_counted()),
            (_("From when days are counted"), from_when()),
            (_("What is hidden"), what_is_hidden(query.threshold)),
        ],
    )


def days_in_words(days: int) -> str:
    """So many days, after about a year in months."""
    if days < EXACT:
        return ngettext("%(num)s day", "%(num)s days", days) if days else _("the same day")
    return ngettext("%(num)s month", "%(num)s months", _months(days))


def in_one_sentence(row: WaitRow) -> str:
    """What the report says of one module; nothing where that is not shown."""
    days = row.whole.get(HALF)
    if days is None:
        return ""
    title = text_of(row.module.titles, language())
    if not days:
        return _("Half of the people completed “%(title)s” on the day of their invitation.", title=title)
    if days < EXACT:
        return ngettext(
            "Half of the people completed “%(title)s” within %(num)s day of their invitation.",
            "Half of the people completed “%(title)s” within %(num)s days of their invitation.",
            days,
            title=title,
        )
    return ngettext(
        "Half of the people completed “%(title)s” within %(num)s month of their invitation.",
        "Half of the people completed “%(title)s” within %(num)s months of their invitation.",
        _months(days),
        title=title,
    )


def _months(days: int) -> int:
    """How many steps of so many days as are counted together."""
    return (days + 1) // COARSE


def who_is_counted() -> str:
    """One sentence on whom the numbers are about."""
    return _(
        "Counted are people who completed a module while they belonged to an organization of the network, each once "
        "for a module, by her first completion; also those who have left since."
    )


def from_when() -> str:
    """One sentence on where the days begin."""
    return _(
        "Days are counted from the invitation of each person; for whoever came without one of her own, by a shared "
        "link or a list, from the day on which she joined. Where her organization entered the network or the module "
        "was published only later, they are counted from then."
    )


def what_the_parts_are() -> str:
    """One sentence on the parts of the way."""
    return _(
        "Days within which half of the people had gone each part of the way. The first is of those alone who were "
        "invited, the others of those who began the module after they had joined."
    )


def what_is_hidden(threshold: int) -> str:
    """One sentence on the numbers that are not shown."""
    return _(
        "Shares are shown where each of them, and the rest, is a group of %(number)s people or more. After a year days "
        "are counted in steps of thirty.",
        number=reader().number(threshold),
    )


def chart(rows: Sequence[WaitRow]) -> Markup:
    """How far the days of the middle half of the people reach, a bar a module; nothing where there are no two."""
    shown = [row for row in rows if row.whole]
    if len(shown) <= 1:
        return Markup()
    title = _("From invitation to completion")
    return reaches([_reach(row) for row in shown], key="waits", title=title, text=what_the_chart_shows())


def what_the_chart_shows() -> str:
    """One sentence on how to read it."""
    return _(
        "Each bar reaches from the day by which a quarter of the people had completed the module to that by which "
        "three quarters had; its mark, and the number beside it, are the day by which half had. The table beside it "
        "holds the numbers."
    )


def _reach(row: WaitRow) -> Reach:
    half = row.whole[HALF]
    return Reach(
        text_of(row.module.titles, language()),
        row.whole.get(QUARTER, half),
        half,
        row.whole.get(THREE_QUARTERS, half),
        days_in_words(half),
    )


def share_titles() -> list[str]:
    """What the shares are called, in their order."""
    return [_("A quarter within"), _("Half within"), _("Three quarters within"), _("Nine in ten within")]


def limit_titles() -> list[str]:
    """What the shares within some days are called, in the order of these."""
    return [_("Within a week, at least"), _("Within a month, at least"), _("Within three months, at least")]


def part_titles() -> list[str]:
    """What the parts of the way are called, in their order."""
    return [_("From invitation to joining"), _("From joining to beginning"), _("From beginning to completing")]


def _columns() -> Iterator[Column]:
    yield Column("module", _("Module"), width=34)
    yield Column("people", _("Completed by"), "integer")
    for share, title in zip(SHARES, share_titles(), strict=True):
        yield Column(f"days_{share}", _("%(title)s (days)", title=title), "integer")
    for days, title in zip(LIMITS, limit_titles(), strict=True):
        yield Column(f"within_{days}", title, "percent")
    for part, title in zip(PARTS, part_titles(), strict=True):
        yield Column(f"half_{part.value}", _("%(title)s: half within (days)", title=title), "integer")


def _line(row: WaitRow) -> Line:
    days = [row.whole.get(share) for share in SHARES]
    within = [row.share_within(limit) for limit in LIMITS]
    missing = Hidden.HIDDEN if row.people != 0 else None
    told = (missing if value is None else value for value in (row.people, *days, *within))
    return [text_of(row.module.titles, language()), *told, *(_half(row, part) for part in PARTS)]


def _half(row: WaitRow, part: Wait) -> int | Hidden | None:
    if part not in row.halves:
        return None
    days = row.halves[part]
    return Hidden.HIDDEN if days is None else days
