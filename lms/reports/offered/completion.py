"""Organizations by modules."""

from collections.abc import Mapping
from datetime import datetime

from lms.certification.queries import local_day
from lms.i18n import language
from lms.organizations.models import Network
from lms.reports.columns import FIELDS, fields_of, with_columns
from lms.reports.completion_sheet import completion_sheet
from lms.reports.forms import FilterForm
from lms.reports.offered.asked import Asked, Asking, check, days_in_words
from lms.reports.queries.choices import Choices, choices_of, chosen_of
from lms.reports.queries.completion import CompletionReport, report
from lms.reports.queries.modules import editions_of, modules_of
from lms.reports.sheets import Sheet
from lms.reports.wording import filters_in_words


def completion_filters(
    network: Network, arguments: Mapping[str, str], at: datetime, choices: Choices | None = None
) -> FilterForm:
    """The filters as an address has them; they may not be valid. `choices`: where they were read already."""
    found = choices or choices_of(network.id, local_day(network, at))
    modules = modules_of(network.id)
    return FilterForm(arguments, modules, found.countries, found.cohorts, editions=editions_of)


def completion_report(form: FilterForm, network: Network, at: datetime, page: int | None = None) -> CompletionReport:
    """What the filters ask for, with the columns that they choose; all of it, or a page."""
    made = report(form.query(network.id), network, form.modules, language=language(), now=at, page=page)
    return with_columns(made, form.columns)


def ask_completion(asking: Asking) -> Asked:
    """The view of an address."""
    form = completion_filters(asking.network, asking.arguments, asking.at)
    check(form)
    query = form.query(asking.network.id)
    words = filters_in_words(query, form.modules, chosen_of(query))

    def sheet() -> Sheet:
        made = completion_report(form, asking.network, asking.at)
        return completion_sheet(made, fields_of(form.columns, FIELDS))

    filters = [(label, value) for _name, label, value in words]
    return Asked(form.arguments(), filters, days_in_words(query.since, query.until), sheet)
