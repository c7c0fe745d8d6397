"""Leases under any order of events: no job is lost, none is done twice, none has two owners at a time."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from lms.db import db, write_unit
from lms.jobs import LeaseLost, enqueue, job_kind, renew_lease
from lms.jobs.leases import Lease, fail, finish, hold, lease_next
from lms.jobs.models import Job, JobState

KIND = "test_leased"
LENGTH = timedelta(minutes=1)


@job_kind(KIND, lease=LENGTH, max_tries=3)
def nothing(_arguments: dict[str, object]) -> None:
    """Leased here by hand; never run."""


class Leases(RuleBasedStateMachine):
    """Workers that take, finish, fail, renew and forget jobs, while time goes on."""

    leases = Bundle("leases")

    def __init__(self) -> None:
        super().__init__()
        self.at = datetime(2026, 3, 21, tzinfo=UTC)
        #: Until when a job has an owner, and which lease that is.
        self.owned: dict[int, tuple[datetime, Lease]] = {}
        self.asked = 0
        self.done: set[int] = set()
        with write_unit() as session:
            session.execute(delete(Job))

    def clock(self) -> time_machine.travel:
        """The present instant of this machine."""
        return time_machine.travel(self.at, tick=False)

    def owns(self, lease: Lease) -> bool:
        """Whether nobody took the job since."""
        held = self.owned.get(lease.job_id)
        return held is not None and held[1] is lease

    @rule(later=st.integers(0, 200))
    def ask(self, later: int) -> None:
        """Somebody asks for a job."""
        with self.clock(), write_unit():
            enqueue(KIND, {}, run_at=self.at + timedelta(seconds=later))
        self.asked += 1

    @rule(seconds=st.integers(1, 200))
    def wait(self, seconds: int) -> None:
        """Time goes on."""
        self.at += timedelta(seconds=seconds)

    @rule(target=leases)
    def take(self) -> Lease | None:
        """A worker looks for work; it never gets what another owns."""
        with self.clock():
            lease = lease_next({KIND})
        if lease is None:
            return None
        assert lease.job_id not in self.done
        held = self.owned.get(lease.job_id)
        assert held is None or held[0] <= self.at
        self.owned[lease.job_id] = (self.at + LENGTH, lease)
        return lease

    @rule(lease=leases)
    def complete(self, lease: Lease | None) -> None:
        """A worker says that it is done: counted only while it is the last to hold the job."""
        if lease is None:
            return
        with self.clock():
            assert finish(lease) == self.owns(lease)
        if self.owns(lease):
            del self.owned[lease.job_id]
            self.done.add(lease.job_id)

    @rule(lease=leases)
    def break_down(self, lease: Lease | None) -> None:
        """A worker says that it failed."""
        if lease is None:
            return
        with self.clock():
            assert fail(lease, "Broken") == self.owns(lease)
        if self.owns(lease):
            del self.owned[lease.job_id]
            if lease.tries == lease.max_tries:
                self.done.add(lease.job_id)

    @rule(lease=leases)
    def go_on(self, lease: Lease | None) -> None:
        """A worker that takes long asks for more time."""
        if lease is None:
            return
        hold(lease)
        with self.clock():
            try:
                renew_lease()
            except LeaseLost:
                assert not self.owns(lease)
            else:
                assert self.owns(lease)
                self.owned[lease.job_id] = (self.at + LENGTH, lease)
        hold(None)

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every job that was asked for is there; ended are those that were finished, or tried too often."""
        jobs = db.session.execute(select(Job.id, Job.state, Job.tries, Job.max_tries, Job.error)).all()
        db.session.rollback()
        assert len(jobs) == self.asked
        for job in jobs:
            assert job.tries <= job.max_tries
            if job.error == "WorkerLost":
                self.owned.pop(job.id, None)
                self.done.add(job.id)
            assert (job.state != JobState.WAITING) == (job.id in self.done)


def test_leases(app: Flask) -> None:
    profile = settings(
        max_examples=20,
        stateful_step_count=20,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Leases, settings=profile)
