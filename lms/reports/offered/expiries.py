"""Certificates that end soon."""

from collections.abc import Mapping
from datetime import datetime

from lms.certification.queries import local_day, rules_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Network
from lms.reports.expiry_form import ExpiryForm
from lms.reports.expiry_sheet import expiry_sheet, filters_in_words
from lms.reports.offered.asked import Asked, Asking, check
from lms.reports.queries.expiries import expiries
from lms.reports.queries.networks import countries_of
from lms.reports.sheets import Sheet


def expiry_filters(network: Network, arguments: Mapping[str, str], at: datetime) -> ExpiryForm:
    """The filters as an address has them; they may not be valid."""
    day, rules = local_day(network, at), rules_of(network.id)
    return ExpiryForm(arguments, rules.levels(day) if rules else [], countries_of(network.id, day))


def ask_expiries(asking: Asking) -> Asked:
    """The view of an address."""
    network, at = asking.network, asking.at
    form = expiry_filters(network, asking.arguments, at)
    check(form)
    query = form.query(network.id, local_day(network, at))

    def sheet() -> Sheet:
        return expiry_sheet(query, form, network, expiries(query, language(), None).items, at)

    days = "" if query.days is None else _("Its days begin with the day of each report.")
    return Asked(form.arguments(), filters_in_words(form), days, sheet)
