"""The job table: work outside of the request, kept in the same transaction as the rows that ask for it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.clock import now
from lms.db import Base


class JobState(StrEnum):
    """Waiting (also for its lease to end), done, or given up."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work, done at least once: whoever leases it has until `lease_until`."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_at"),)

    kind: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(String(7), default=JobState.WAITING)
    #: A second job with the same key is the same job.
    unique_key: Mapped[str | None] = mapped_column(unique=True, default=None)
    created_at: Mapped[datetime] = mapped_column(default=now)
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(default=0)
    max_tries: Mapped[int] = mapped_column(default=8)
    #: Kind of the last failure: no payload, no address.
    error: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
