"""The reports that are offered: each page's files are made of a view of one, and so is what is made regularly.

A new report joins by its line in `REPORTS`, and a function that makes an `Asked` of an `Asking`.
"""

from functools import partial

from lms.i18n import lazy_gettext as _
from lms.reports.group_wording import TITLES
from lms.reports.offered.asked import LABELS, Asked, Asking, OfferedReport, OutdatedView
from lms.reports.offered.completion import ask_completion
from lms.reports.offered.expiries import ask_expiries
from lms.reports.offered.gain import ask_gain
from lms.reports.offered.groups import ask_groups
from lms.reports.offered.networks import ask_networks
from lms.reports.offered.over_time import ask_over_time
from lms.reports.offered.people import ask_people
from lms.reports.offered.staff import ask_staff
from lms.reports.offered.stops import ask_stops
from lms.reports.offered.waits import ask_waits
from lms.reports.queries.groups import Dimension

__all__ = ["LABELS", "REPORTS", "Asked", "Asking", "OfferedReport", "OutdatedView", "offered_as"]


def offered_as(dimension: Dimension) -> str:
    """The name of the report by groups."""
    return f"by-{dimension}"


#: By the name that stands in addresses, in the names of files and in schedules.
REPORTS = {
    "completion": OfferedReport(_("Module completion"), "reports.completion", ask_completion),
    **{
        offered_as(each): OfferedReport(TITLES[each], "reports.groups", partial(ask_groups, each), {"dimension": each})
        for each in Dimension
    },
    "people": OfferedReport(_("People by module"), "reports.details", ask_people),
    "staff": OfferedReport(
        _("People of an organization"), "reports.organization", ask_staff, path={"organization": "organization_id"}
    ),
    "over-time": OfferedReport(_("Over time"), "reports.over_time", ask_over_time),
    "stops": OfferedReport(_("Where learners stop"), "reports.stops", ask_stops),
    "time-to-complete": OfferedReport(_("From invitation to completion"), "reports.waits", ask_waits),
    "expiries": OfferedReport(_("Coming expiries"), "reports.expiries", ask_expiries),
    "gain": OfferedReport(_("Before and after"), "reports.gain", ask_gain),
    "networks": OfferedReport(_("My networks together"), "reports.networks", ask_networks, is_of_network=False),
}
