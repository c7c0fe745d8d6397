"""What the addresses of schedules and runs point at."""

from dataclasses import dataclass

from lms.reports.schedules.models import ReportRun, ReportSchedule
from lms.reports.schedules.queries import run_at, schedule_at
from lms.security.actor import Scope


@dataclass(frozen=True)
class RunFile:
    """The file of a run."""

    run: ReportRun

    def scope(self) -> Scope:
        """That of all networks that it tells of."""
        return Scope(network_ids=frozenset({self.run.schedule.network_id, *self.run.network_ids}))


def schedule(network_id: str, schedule_id: str) -> ReportSchedule | None:
    """The schedule of an address, in that network."""
    return schedule_at(network_id, schedule_id)


def run(network_id: str, run_id: str) -> ReportRun | None:
    """The run of an address, in that network."""
    return run_at(network_id, run_id)


def run_file(network_id: str, run_id: str) -> RunFile | None:
    """The file of the run of an address, while it is kept."""
    found = run_at(network_id, run_id)
    return RunFile(found) if found is not None and found.is_kept else None
