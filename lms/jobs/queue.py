"""Asking for work."""

import threading
from collections.abc import Mapping
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
    values = {**_row(kind, arguments), "unique_key": unique_key}
    return _asked(insert_of(Job).values(**{**values, "run_at": run_at or values["run_at"]})) == 1


def enqueue_all(kind: str, asked_for: Mapping[str, dict[str, Any]]) -> int:
    """Ask for many jobs of a kind in one statement, their arguments by their unique keys; tells how many are new."""
    rows = [{**_row(kind, arguments), "unique_key": key} for key, arguments in asked_for.items()]
    return _asked(insert_of(Job).values(rows)) if rows else 0


def insert_of(model: type[Any]) -> Any:
    """An INSERT that can say what to do about a row that is there already."""
    return INSERT[db.engine.dialect.name](model)


def _row(kind: str, arguments: dict[str, Any]) -> dict[str, Any]:
    at = now()
    return {
        "kind": kind,
        "arguments": arguments,
        "state": JobState.WAITING,
        "created_at": at,
        "run_at": at,
        "tries": 0,
        "max_tries": kinds()[kind].max_tries,
        "error": "",
    }


def _asked(insert: Any) -> int:
    session = db.session()
    if not session.info.get(WRITING):
        raise RuntimeError("a job is asked for inside a write unit")
    added = session.execute(insert.on_conflict_do_nothing(index_elements=[Job.unique_key]).returning(Job.id))
    session.info[ASKED] = True
    return len(added.all())


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    if session.info.pop(ASKED, False):
        asked.set()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(ASKED, None)
