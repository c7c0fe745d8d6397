"""What modules taught."""

from lms.reports.gain_sheet import gain_sheet
from lms.reports.offered.asked import Asked, Asking
from lms.reports.queries.gains import gains_of


def ask_gain(asking: Asking) -> Asked:
    """The one view that there is."""
    network, at = asking.network, asking.at
    return Asked({}, [], "", lambda: gain_sheet(gains_of(network, at), network, at))
