"""The worker: takes jobs that are due, one after the other, until it is told to stop."""

import threading
from collections.abc import Collection
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs.kinds import GiveUp, kinds, periodic
from lms.jobs.leases import Lease, LeaseLost, fail, finish, hold, lease_next
from lms.jobs.models import Job, JobState
from lms.jobs.queue import asked, enqueue
from lms.logs import log

POLL_SECONDS = 1.0
KEPT = timedelta(days=30)
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def run_worker(app: Flask, stop: threading.Event) -> None:
    """Run jobs until `stop` is set; a database that is away for a while stops nothing."""
    while not stop.is_set():
        try:
            busy = run_next(app)
        except SQLAlchemyError as error:
            log.error("worker", extra={"facts": {"error": type(error).__name__}})
            busy = False
            stop.wait(POLL_SECONDS)
        if not busy:
            asked.wait(POLL_SECONDS)
            asked.clear()


def start_worker(app: Flask, stop: threading.Event) -> threading.Thread:
    """The same in a thread of this process."""
    thread = threading.Thread(target=run_worker, args=(app, stop), name="worker", daemon=True)
    thread.start()
    return thread


def run_next(app: Flask, only: Collection[str] | None = None) -> bool:
    """Run the next job that is due (of the kinds `only`); tells whether there was one."""
    with app.app_context():
        if only is None:
            enqueue_periodic(app, now())
        lease = lease_next(only)
        if lease is None:
            return False
        hold(lease)
        try:
            _run(lease)
        finally:
            hold(None)
            db.session.remove()
        return True


def run_due(app: Flask, only: Collection[str] | None = None) -> int:
    """Run everything that is due, and say how many jobs that were."""
    count = 0
    while run_next(app, only):
        count += 1
    return count


def _run(lease: Lease) -> None:
    outcome = "done"
    try:
        lease.kind.handler(lease.arguments)
    except LeaseLost:
        outcome = "lease lost"
    except Exception as error:
        db.session.rollback()
        outcome = type(error.__cause__ or error).__name__
        fail(lease, outcome, final=isinstance(error, GiveUp))
    else:
        finish(lease)
    log.info("job", extra={"facts": {"kind": lease.kind.name, "tries": lease.tries, "outcome": outcome}})


def enqueue_periodic(app: Flask, at: datetime) -> None:
    """Ask for the present slot of every periodic job that this process has not asked for yet."""
    seen: dict[str, int] = app.extensions.setdefault("lms_job_slots", {})
    due = {kind.name: (at - _EPOCH) // kind.every for kind in kinds().values() if kind.every}
    fresh = {name: slot for name, slot in due.items() if seen.get(name) != slot}
    if not fresh:
        return
    with write_unit():
        for name, slot in fresh.items():
            enqueue(name, {}, run_at=at, unique_key=f"{name}:{slot}")
    seen.update(fresh)


@periodic("clean_jobs", every=timedelta(days=1))
def clean_jobs(_arguments: dict[str, object]) -> None:
    """Drop jobs that ended long ago."""
    with write_unit() as session:
        session.execute(delete(Job).where(Job.state != JobState.WAITING, Job.finished_at < now() - KEPT))
