"""The report by groups in words, for its page and its files."""

from lms.db import text_of
from lms.formats.countries import country_name
from lms.i18n import LANGUAGE_NAMES, language, lazy_pgettext, reader
from lms.i18n import gettext as _
from lms.reports.queries.groups import Dimension, GroupReport, GroupRow
from lms.reports.wording import sector_in_words, who_is_counted

#: What the groups are called together, and one of them.
DIMENSIONS = {
    Dimension.COUNTRY: lazy_pgettext("groups of a report", "Countries"),
    Dimension.SECTOR: lazy_pgettext("groups of a report", "Fields of work"),
    Dimension.COHORT: lazy_pgettext("groups of a report", "Cohorts"),
    Dimension.LANGUAGE: lazy_pgettext("groups of a report", "Languages"),
    Dimension.MONTH: lazy_pgettext("groups of a report", "Months"),
}
TITLES = {
    Dimension.COUNTRY: lazy_pgettext("report", "Module completion by country"),
    Dimension.SECTOR: lazy_pgettext("report", "Module completion by field of work"),
    Dimension.COHORT: lazy_pgettext("report", "Module completion by cohort"),
    Dimension.LANGUAGE: lazy_pgettext("report", "Module completion by language"),
    Dimension.MONTH: lazy_pgettext("report", "Module completion by month"),
}


def group_in_words(dimension: Dimension, row: GroupRow) -> str:
    """What a group is called."""
    if dimension is Dimension.COUNTRY:
        return country_name(row.key, language()) or _("No country given")
    if dimension is Dimension.SECTOR:
        return sector_in_words(row.key) or _("No field of work given")
    if dimension is Dimension.COHORT:
        return text_of(row.names or {}, language())
    if dimension is Dimension.LANGUAGE:
        return LANGUAGE_NAMES[row.key]
    return reader().month(row.month) if row.month else _("Before")


def rows_in_words(report: GroupReport) -> list[tuple[str, GroupRow]]:
    """Groups as they are shown: places sorted by name, what is not given last; other groups as they come."""
    named = [(group_in_words(report.dimension, row), row) for row in report.rows]
    if report.dimension.is_cut:
        return named
    return sorted(named, key=lambda pair: (not pair[1].key, pair[0]))


def share_in_words(dimension: Dimension) -> str:
    """What a share is a share of."""
    return {
        Dimension.COHORT: _("Share of the cohort's people who completed the module:"),
        Dimension.LANGUAGE: _("Share of the network's people who completed the module in the language:"),
        Dimension.MONTH: _("Share of the module's completions:"),
    }.get(dimension) or _("Share of people who completed the module:")


def how_it_adds_up(dimension: Dimension) -> str:
    """One sentence on who is counted, and one on why groups can be more, or less, than their total."""
    counted, more = {
        Dimension.COHORT: (
            who_is_counted(),
            _("Whoever is in several cohorts counts in each, whoever is in none only in the total."),
        ),
        Dimension.LANGUAGE: (
            who_is_counted(),
            _("Whoever completed editions of a module in several languages counts in each, and once in the total."),
        ),
        Dimension.MONTH: (
            _(
                "Counted are completions, in the month in which they happened, by people who belonged to an "
                "organization of the network on that day, also those who have left since. Completing another edition "
                "counts again."
            ),
            _("The months add up to the total."),
        ),
    }.get(dimension) or (
        who_is_counted(),
        _("Whoever is in organizations of several groups counts in each, and once in the total."),
    )
    return f"{counted} {more}"


def what_groups_hide(report: GroupReport) -> str:
    """One sentence on groups that are not shown."""
    return _(
        "Groups of fewer than %(number)s people or completions are hidden, with other groups from which they could be "
        "worked out.",
        number=reader().number(report.network.threshold),
    )
