"""Having reports made regularly."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lms.certification.queries import local_day
from lms.db import db
from lms.errors import DomainError
from lms.events import emit
from lms.i18n import gettext as _
from lms.jobs import enqueue, insert_of
from lms.organizations.models import Network
from lms.reports.schedules.events import ReportScheduleChanged
from lms.reports.schedules.models import ReportReceiver, ReportRun, ReportSchedule, Rhythm
from lms.reports.schedules.slots import last_slot, reads_as
from lms.text import short_id, uuid7

JOB = "report"


@dataclass(frozen=True)
class Plan:
    """What is chosen about a schedule."""

    name: str
    file_format: str
    rhythm: Rhythm
    #: Of the week (Monday is 0) or of the month in the receiver's calendar (1 to 28), as the rhythm is.
    day: int
    person_ids: Collection[int]
    to_folder: bool


@dataclass(frozen=True)
class Wanted:
    """A run that is due: one schedule, day and receiver (None: the folder)."""

    schedule: ReportSchedule
    day: date
    person_id: int | None
    #: What tells a run that was asked for by hand from that of the day.
    mark: str = ""

    @property
    def key(self) -> str:
        """The same for the same slot."""
        return f"{self.schedule.id}:{self.day}{self.mark}:{self.person_id or 'folder'}"


def make_schedule(
    network: Network, report: str, arguments: Mapping[str, str], plan: Plan, *, actor_id: int, now: datetime
) -> ReportSchedule:
    """Have a view of a report made regularly. Raises DomainError where nobody would get it."""
    schedule = ReportSchedule(network=network, maker_id=actor_id, report=report, arguments=dict(arguments))
    schedule.since = local_day(network, now)
    schedule.made_at = now
    _set(schedule, plan)
    db.session.add(schedule)
    db.session.flush()
    _tell(schedule, "made", actor_id, now)
    return schedule


def change_schedule(schedule: ReportSchedule, plan: Plan, *, actor_id: int, now: datetime) -> None:
    """Have it made otherwise. Raises DomainError where nobody would get it."""
    _set(schedule, plan)
    # A new day that has passed is not made up for.
    schedule.since = local_day(schedule.network, now)
    _tell(schedule, "edited", actor_id, now)


def _set(schedule: ReportSchedule, plan: Plan) -> None:
    if not plan.person_ids and not plan.to_folder:
        raise DomainError(_("Choose at least one receiver."), "receivers")
    weekly = plan.rhythm is Rhythm.WEEKLY
    schedule.name, schedule.file_format, schedule.rhythm = plan.name, plan.file_format, plan.rhythm
    schedule.weekday, schedule.month_day = (plan.day, None) if weekly else (None, plan.day)
    schedule.to_folder = plan.to_folder
    kept = [each for each in schedule.receivers if each.person_id in plan.person_ids]
    new = set(plan.person_ids) - {each.person_id for each in kept}
    schedule.receivers = [*kept, *(ReportReceiver(person_id=id_) for id_ in sorted(new))]


def pause(schedule: ReportSchedule, *, actor_id: int, now: datetime) -> None:
    """Make none until it is resumed."""
    schedule.paused_at = schedule.paused_at or now
    _tell(schedule, "paused", actor_id, now)


def resume(schedule: ReportSchedule, *, actor_id: int, now: datetime) -> None:
    """Make them again, from today on: what was due meanwhile is left out."""
    schedule.paused_at, schedule.since = None, local_day(schedule.network, now)
    _tell(schedule, "resumed", actor_id, now)


def delete_schedule(schedule: ReportSchedule, *, actor_id: int, now: datetime) -> None:
    """Make none any more; its runs, and whom they were for, stay."""
    schedule.ended_at, schedule.receivers = now, []
    _tell(schedule, "deleted", actor_id, now)


def run_now(schedule: ReportSchedule, *, actor_id: int, now: datetime) -> int:
    """Ask for all its files at once, beside those that are due; tells how many."""
    day, mark = local_day(schedule.network, now), f"+{short_id()}"
    wanted = [Wanted(schedule, day, each.person_id, mark) for each in schedule.receivers]
    if schedule.to_folder:
        wanted.append(Wanted(schedule, day, None, mark))
    asked = sum(ask_for(each, now) for each in wanted)
    _tell(schedule, "run", actor_id, now)
    return asked


def due(schedule: ReportSchedule, now: datetime) -> Iterator[Wanted]:
    """The last slot of each receiver, asked for already or not."""
    today = local_day(schedule.network, now)
    for receiver in schedule.receivers:
        day = last_slot(schedule, reads_as(receiver.person, schedule.network), today)
        if day is not None:
            yield Wanted(schedule, day, receiver.person_id)
    day = last_slot(schedule, reads_as(schedule.maker, schedule.network), today)
    if schedule.to_folder and day is not None:
        yield Wanted(schedule, day, None)


def ask_for(wanted: Wanted, now: datetime) -> bool:
    """Ask for a run, in the present write unit; the same slot once. Tells whether it is new."""
    values = {"schedule_id": wanted.schedule.id, "key": wanted.key, "person_id": wanted.person_id, "day": wanted.day}
    insert = insert_of(ReportRun).values(
        **values, uid=uuid7(), public_id=short_id(), asked_at=now, file_format=wanted.schedule.file_format
    )
    run_id = db.session.scalar(insert.on_conflict_do_nothing(index_elements=[ReportRun.key]).returning(ReportRun.id))
    return run_id is not None and enqueue(JOB, {"run": run_id}, unique_key=f"report:{run_id}")


def _tell(schedule: ReportSchedule, change: str, actor_id: int, now: datetime) -> None:
    emit(ReportScheduleChanged(now, actor_id, schedule.id, schedule.network_id, change))
