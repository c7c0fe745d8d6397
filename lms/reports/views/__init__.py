"""The pages and files of the reports."""

from lms.reports.views import runs, schedules  # noqa: F401 (they register their pages)
from lms.reports.views.blueprint import blueprint
from lms.reports.views.completion import completion, home
from lms.reports.views.details import details
from lms.reports.views.expiries import expiries
from lms.reports.views.files import report_file
from lms.reports.views.gain import gain
from lms.reports.views.groups import groups
from lms.reports.views.networks import networks
from lms.reports.views.organizations import organization, person
from lms.reports.views.saved import delete_view, rename_view, save_view, views
from lms.reports.views.stops import stops
from lms.reports.views.trends import over_time
from lms.reports.views.waits import waits

__all__ = [
    "blueprint",
    "completion",
    "delete_view",
    "details",
    "expiries",
    "gain",
    "groups",
    "home",
    "networks",
    "organization",
    "over_time",
    "person",
    "rename_view",
    "report_file",
    "save_view",
    "stops",
    "views",
    "waits",
]
