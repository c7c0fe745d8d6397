"""The people of a whole network by module."""

from lms.reports.details_sheet import details_sheet
from lms.reports.module_form import ModuleForm
from lms.reports.offered.asked import Asked, Asking, check
from lms.reports.queries.details import details_of
from lms.reports.queries.modules import modules_of


def ask_people(asking: Asking) -> Asked:
    """The view of an address."""
    network = asking.network
    form = ModuleForm(asking.arguments, modules_of(network.id))
    check(form)
    query = details_of(network, form.modules, form.chosen(), asking.at)
    return Asked(form.arguments(), form.in_words(), "", lambda: details_sheet(query, network, asking.at))
