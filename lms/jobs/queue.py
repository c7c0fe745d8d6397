"""Asking for work."""

import threading
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lms.clock import now
from lms.db import WRITING, db
from lms.jobs.kinds import kinds
from lms.jobs.models import Job, JobState

ASKED = "lms_jobs_asked"
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

asked = threading.Event()
"""Set when a transaction with a new job was committed in this process: wakes the embedded worker."""


def enqueue(
    kind: str, arguments: dict[str, Any], *, run_at: datetime | None = None, unique_key: str | None = None
) -> bool:
    """Ask for a job in the present write unit, to run from `run_at` (default: at once) on.

    Arguments are JSON. Tells whether it is new: a job with a `unique_key` that was asked for before is the same job.
    Raises KeyError for an unknown kind, RuntimeError outside of a write unit.
    """
    session = db.session()
    if not session.info.get(WRITING):
        raise RuntimeError("a job is asked for inside a write unit")
    known = kinds()[kind]
    row = {
        "kind": kind,
        "arguments": arguments,
        "state": JobState.WAITING,
        "unique_key": unique_key,
        "created_at": now(),
        "run_at": run_at or now(),
        "tries": 0,
        "max_tries": known.max_tries,
        "error": "",
    }
    insert = INSERT[db.engine.dialect.name]
    added = session.execute(
        insert(Job).values(**row).on_conflict_do_nothing(index_elements=[Job.unique_key]).returning(Job.id)
    )
    session.info[ASKED] = True
    return added.first() is not None


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    if session.info.pop(ASKED, False):
        asked.set()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(ASKED, None)
