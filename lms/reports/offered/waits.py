"""From invitation to completion."""

from lms.organizations.models import Network
from lms.reports.module_form import ModuleForm
from lms.reports.offered.asked import Asked, Asking, check
from lms.reports.queries.modules import modules_of
from lms.reports.queries.waits import WaitQuery, waits_of
from lms.reports.wait_sheet import wait_sheet


def wait_query(form: ModuleForm, network: Network) -> WaitQuery:
    """What the filters ask for."""
    return WaitQuery(network.id, network.threshold, tuple(form.modules), form.chosen())


def ask_waits(asking: Asking) -> Asked:
    """The view of an address."""
    network = asking.network
    form = ModuleForm(asking.arguments, modules_of(network.id))
    check(form)
    query = wait_query(form, network)
    words = form.in_words()
    return Asked(form.arguments(), words, "", lambda: wait_sheet(query, network, waits_of(query), asking.at))
