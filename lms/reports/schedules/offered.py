"""The reports that can be made regularly, laid out from what stands in the address of a view."""

from collections.abc import Callable, Mapping
from datetime import datetime

from werkzeug.datastructures import MultiDict

from lms.certification.queries import local_day
from lms.i18n import language
from lms.organizations.models import Network
from lms.reports.columns import FIELDS, fields_of, with_columns
from lms.reports.completion_sheet import completion_sheet
from lms.reports.forms import FilterForm
from lms.reports.queries.choices import choices_of
from lms.reports.queries.completion import report
from lms.reports.queries.modules import editions_of, modules_of
from lms.reports.sheets import Sheet


class OutdatedView(Exception):
    """Something that a view filters by is there no more."""


def completion_filters(network: Network, arguments: Mapping[str, str], at: datetime) -> FilterForm:
    """The filters of the completion report as an address has them; they may not be valid."""
    found = choices_of(network.id, local_day(network, at))
    modules = modules_of(network.id)
    return FilterForm(MultiDict(arguments), modules, found.countries, found.cohorts, editions=editions_of)


def _completion(network: Network, arguments: Mapping[str, str], at: datetime) -> Sheet:
    form = completion_filters(network, arguments, at)
    if not form.validate():
        raise OutdatedView
    asked = form.query(network.id)
    made = report(asked, network, form.modules, language=language(), now=at, page=None)
    return completion_sheet(with_columns(made, form.columns), fields_of(form.columns, FIELDS))


#: Each gives the sheet in the present reader's language and calendar, or raises OutdatedView.
REPORTS: dict[str, Callable[[Network, Mapping[str, str], datetime], Sheet]] = {"completion": _completion}
