"""Where learners stop in a module."""

from lms.reports.module_form import OneModuleForm
from lms.reports.offered.asked import Asked, Asking, OutdatedView, check
from lms.reports.queries.modules import modules_of
from lms.reports.queries.stops import stops_of
from lms.reports.stops_sheet import stops_sheet


def ask_stops(asking: Asking) -> Asked:
    """The view of an address."""
    network, at = asking.network, asking.at
    form = OneModuleForm(asking.arguments, modules_of(network.id))
    check(form)
    module = form.chosen()
    if module is None:
        raise OutdatedView("module")
    words = form.in_words()
    return Asked(form.arguments(), words, "", lambda: stops_sheet(stops_of(network, module, at), module, network, at))
