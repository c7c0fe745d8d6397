"""The people of a whole network by module."""

from collections.abc import Mapping
from datetime import datetime

from lms.certification.queries import local_day
from lms.organizations.models import Network
from lms.reports.details_sheet import details_sheet, filters_in_words
from lms.reports.offered.asked import Asked, Asking, check
from lms.reports.people_form import PeopleForm
from lms.reports.queries.modules import modules_of
from lms.reports.queries.networks import countries_of


def people_filters(network: Network, arguments: Mapping[str, str], at: datetime) -> PeopleForm:
    """The filters as an address has them; they may not be valid."""
    return PeopleForm(arguments, modules_of(network.id), countries_of(network.id, local_day(network, at)))


def ask_people(asking: Asking) -> Asked:
    """The view of an address."""
    network = asking.network
    form = people_filters(network, asking.arguments, asking.at)
    check(form)
    query = form.query(network, asking.at)
    return Asked(form.arguments(), filters_in_words(query), "", lambda: details_sheet(query, network, asking.at))
