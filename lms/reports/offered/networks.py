"""The networks that somebody administers, together."""

from lms.clock import today
from lms.i18n import gettext as _
from lms.i18n import language
from lms.reports.networks_sheet import networks_sheet
from lms.reports.offered.asked import Asked, Asking
from lms.reports.queries.kinds import NetworksReport, networks_together
from lms.reports.queries.modules import modules_of
from lms.reports.queries.networks import administered


def networks_asked_for(network_ids: frozenset[int]) -> NetworksReport:
    """All of these networks by form, by reach, and each alone."""
    found = administered(network_ids, language())
    modules = modules_of(None)
    ids = [network.id for network in found]
    return NetworksReport(found, modules, networks_together(ids, modules, today()))


def ask_networks(asking: Asking) -> Asked:
    """Those of whom it is for, whatever network it is asked in."""
    said = [(_("Networks"), _("All that each receiver administers on the day of the report"))]
    return Asked(
        {}, said, "", lambda: networks_sheet(networks_asked_for(asking.network_ids), asking.at), asking.network_ids
    )
