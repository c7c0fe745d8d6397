"""Starts, completions and certificates over time."""

from lms.certification.queries import local_day
from lms.reports.offered.asked import Asked, Asking, check, days_in_words, last_steps_in_words
from lms.reports.queries.modules import modules_of
from lms.reports.queries.trends import trend
from lms.reports.sheets import Sheet
from lms.reports.trend_form import TrendForm
from lms.reports.trend_sheet import trend_sheet


def ask_over_time(asking: Asking) -> Asked:
    """The view of an address."""
    network = asking.network
    form = TrendForm(asking.arguments, modules_of(network.id))
    check(form)
    query = form.query(network, local_day(network, asking.at))

    def sheet() -> Sheet:
        return trend_sheet(query, network, trend(query), asking.at)

    days = days_in_words(form.since.data, form.until.data, last_steps_in_words(query.kind))
    return Asked(form.arguments(), form.in_words(), days, sheet)
