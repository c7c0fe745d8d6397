"""Leases: whose job it is, and until when.

`tries` grows with each lease, so that it names the lease: a worker that comes back after its lease ended finds another
number and changes nothing.
"""

from collections.abc import Collection
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, select, update

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.kinds import Kind, kinds
from lms.jobs.models import Job, JobState

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)


class LeaseLost(Exception):
    """The lease ended and another worker may hold the job."""


@dataclass(frozen=True)
class Lease:
    """One try at one job."""

    job_id: int
    kind: Kind
    arguments: dict[str, Any]
    tries: int
    max_tries: int


_held: ContextVar[Lease | None] = ContextVar("held_lease", default=None)


def hold(lease: Lease | None) -> None:
    """Make it the lease that `renew_lease` speaks of."""
    _held.set(lease)


def lease_next(only: Collection[str] | None = None) -> Lease | None:
    """Take the next job that is due (of the kinds `only`), or nothing; a transaction of its own."""
    at, names = now(), kinds().keys() if only is None else only
    # Asked with a plain read first: an idle worker takes no write lock.
    if db.session.execute(_due(at, names)).first() is None:
        db.session.rollback()
        return None
    with write_unit() as session:
        row = _taken(at, names)
        if row is None:
            return None
        kind = kinds()[row.kind]
        session.execute(_set(row.id, row.tries, lease_until=at + kind.lease, run_at=at + kind.lease))
        return Lease(row.id, kind, row.arguments, row.tries, row.max_tries)


def renew_lease(length: timedelta | None = None) -> None:
    """Called by a handler that takes long: the lease begins anew. Raises LeaseLost where another may hold the job."""
    lease = _held.get()
    if lease is None:
        return
    until = now() + (length or lease.kind.lease)
    with write_unit():
        if not _change(lease, lease_until=until, run_at=until):
            raise LeaseLost(lease.kind.name)


def finish(lease: Lease) -> bool:
    """The job is done; its arguments, which may name people, are dropped. False where the lease was lost."""
    with write_unit():
        return _change(lease, state=JobState.DONE, finished_at=now(), lease_until=None, error="", arguments={})


def fail(lease: Lease, error: str, *, final: bool = False) -> bool:
    """The try failed with an error of that kind: again later, or given up after the last try."""
    at = now()
    with write_unit():
        if final or lease.tries >= lease.max_tries:
            return _change(lease, state=JobState.FAILED, finished_at=at, lease_until=None, error=error)
        return _change(lease, run_at=at + pause_after(lease.tries), lease_until=None, error=error)


def pause_after(tries: int) -> timedelta:
    """How long a job rests after that many tries: 30 seconds, then three times as long each time, at most 6 hours."""
    times: int = 3 ** min(tries - 1, 10)
    return min(FIRST_PAUSE * times, LONGEST_PAUSE)


def _due(at: datetime, names: Collection[str]) -> Any:
    waiting = (Job.state == JobState.WAITING, Job.run_at <= at, Job.kind.in_(names))
    return select(Job.id).where(*waiting).order_by(Job.run_at, Job.id).limit(1)


def _take(at: datetime, names: Collection[str]) -> Any:
    # SKIP LOCKED is PostgreSQL's; on SQLite the write unit holds the one write lock there is.
    chosen = _due(at, names).with_for_update(skip_locked=True).scalar_subquery()
    return (
        update(Job)
        .where(Job.id == chosen)
        .values(tries=Job.tries + 1)
        .returning(Job.id, Job.kind, Job.arguments, Job.tries, Job.max_tries)
        .execution_options(synchronize_session=False)
    )


def _taken(at: datetime, names: Collection[str]) -> Any:
    """The next job; one that took its worker down on every try is given up when its turn comes.

    Looking for all such jobs at once would read every job that waits, each time.
    """
    while (row := db.session.execute(_take(at, names)).first()) is not None and row.tries > row.max_tries:
        lost = {"state": JobState.FAILED, "finished_at": at, "lease_until": None, "error": "WorkerLost"}
        db.session.execute(_set(row.id, row.tries, **lost).values(tries=row.max_tries))
    return row


def _set(job_id: int, tries: int, **values: Any) -> Any:
    return (
        update(Job)
        .where(Job.id == job_id, Job.tries == tries, Job.state == JobState.WAITING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _change(lease: Lease, **values: Any) -> bool:
    # A try that was reported failed holds no lease any more.
    result = db.session.execute(_set(lease.job_id, lease.tries, **values).where(Job.lease_until.is_not(None)))
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
