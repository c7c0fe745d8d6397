"""Schedules and their runs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.accounts.models import Person
from lms.db import db
from lms.organizations.models import Grant
from lms.organizations.queries import actor_of, admins_of
from lms.paging import Page, page_of
from lms.reports.schedules.models import ReportReceiver, ReportRun, ReportSchedule
from lms.security.actor import Role
from lms.storage import needs_files

KEPT = timedelta(days=90)
"""How long the file of a run is kept; the run itself is for ever."""


@dataclass(frozen=True)
class Listed:
    """A schedule, and what became of it last."""

    schedule: ReportSchedule
    last: ReportRun | None


def _whole() -> Select[ReportSchedule]:
    receivers = selectinload(ReportSchedule.receivers).joinedload(ReportReceiver.person)
    return select(ReportSchedule).options(
        joinedload(ReportSchedule.network), joinedload(ReportSchedule.maker), receivers
    )


def schedules_of(network_id: int) -> list[Listed]:
    """A network's, by name, each with its last run."""
    there = (ReportSchedule.network_id == network_id, ReportSchedule.ended_at.is_(None))
    found = db.session.scalars(_whole().where(*there).order_by(ReportSchedule.name, ReportSchedule.id)).all()
    newest = select(func.max(ReportRun.id)).where(ReportRun.schedule_id.in_([each.id for each in found]))
    runs = db.session.scalars(select(ReportRun).where(ReportRun.id.in_(newest.group_by(ReportRun.schedule_id))))
    last = {run.schedule_id: run for run in runs}
    return [Listed(each, last.get(each.id)) for each in found]


def running_schedules() -> Sequence[ReportSchedule]:
    """Those of all networks that are neither paused nor deleted."""
    going = (ReportSchedule.ended_at.is_(None), ReportSchedule.paused_at.is_(None))
    return db.session.scalars(_whole().where(*going).order_by(ReportSchedule.id)).all()


def known_keys(keys: Collection[str]) -> set[str]:
    """Which of these runs were asked for already."""
    return set(db.session.scalars(select(ReportRun.key).where(ReportRun.key.in_(keys))))


def schedule_at(network_id: str, schedule_id: str) -> ReportSchedule | None:
    """The schedule of an address, both by their public ids, unless it was deleted."""
    found = db.session.scalars(_whole().where(ReportSchedule.public_id == schedule_id)).one_or_none()
    there = found is not None and found.network.public_id == network_id and found.ended_at is None
    return found if there else None


def _runs() -> Select[ReportRun]:
    schedule = contains_eager(ReportRun.schedule)
    return (
        select(ReportRun)
        .join(ReportRun.schedule)
        .options(schedule.joinedload(ReportSchedule.network), joinedload(ReportRun.person))
    )


def page_of_runs(network_id: int, number: int) -> Page[ReportRun]:
    """A network's runs, the newest first; those of deleted schedules too."""
    page = page_of(_runs().where(ReportSchedule.network_id == network_id).order_by(ReportRun.id.desc()), number)
    return Page([row[0] for row in page.items], page.number, page.total, page.size)


def run_at(network_id: str, run_id: str) -> ReportRun | None:
    """The run of an address, both by their public ids."""
    found = db.session.scalars(_runs().where(ReportRun.public_id == run_id)).one_or_none()
    return found if found is not None and found.schedule.network.public_id == network_id else None


def run_to_make(run_id: int) -> ReportRun | None:
    """A run that has not been made yet."""
    return db.session.scalars(_runs().where(ReportRun.id == run_id, ReportRun.finished_at.is_(None))).one_or_none()


def runs_by_id(ids: Sequence[int]) -> dict[int, ReportRun]:
    """Runs by their ids."""
    return {run.id: run for run in db.session.scalars(_runs().where(ReportRun.id.in_(ids)))}


def possible_receivers(network_id: int) -> list[Grant]:
    """The admins of a network whom mail reaches."""
    return [grant for grant in admins_of(network_id) if grant.person.email and grant.person.email_key]


def administered_now(person: Person) -> frozenset[int]:
    """Ids of the networks that a person administers today."""
    return frozenset() if person.erased_at is not None else actor_of(person.id).networks_as(Role.NETWORK_ADMIN)


def stale_runs(at: datetime) -> list[int]:
    """The runs whose files have been kept long enough."""
    old = (ReportRun.is_kept, ReportRun.finished_at < at - KEPT)
    return list(db.session.scalars(select(ReportRun.id).where(*old)))


@needs_files("reports")
def report_files() -> list[str]:
    """The files of runs that are kept."""
    return list(db.session.scalars(select(ReportRun.file_hash).where(ReportRun.is_kept)))
