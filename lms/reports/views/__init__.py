"""The pages and files of the reports."""

from lms.reports.views import runs, schedules  # noqa: F401 (they register their pages)
from lms.reports.views.blueprint import blueprint
from lms.reports.views.completion import completion, completion_file, home
from lms.reports.views.details import details, details_file
from lms.reports.views.groups import groups, groups_file
from lms.reports.views.networks import networks
from lms.reports.views.organizations import organization, organization_file, person
from lms.reports.views.saved import delete_view, rename_view, save_view, views
from lms.reports.views.stops import stops, stops_file
from lms.reports.views.trends import over_time, over_time_file

__all__ = [
    "blueprint",
    "completion",
    "completion_file",
    "delete_view",
    "details",
    "details_file",
    "groups",
    "groups_file",
    "home",
    "networks",
    "organization",
    "organization_file",
    "over_time",
    "over_time_file",
    "person",
    "rename_view",
    "save_view",
    "stops",
    "stops_file",
    "views",
]
