"""What schedules tell."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class ReportScheduleChanged(Event):
    """A report is to be made regularly, or no more; `change` is made, edited, paused, resumed, run or deleted."""

    name = "report_schedule_changed"

    schedule_id: int
    network_id: int
    change: str
