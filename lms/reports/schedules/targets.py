"""What the addresses of schedules and runs point at."""

from lms.reports.schedules.models import ReportRun, ReportSchedule
from lms.reports.schedules.queries import run_at, schedule_at


def schedule(network_id: str, schedule_id: str) -> ReportSchedule | None:
    """The schedule of an address, in that network."""
    return schedule_at(network_id, schedule_id)


def run(network_id: str, run_id: str) -> ReportRun | None:
    """The run of an address, in that network."""
    return run_at(network_id, run_id)
