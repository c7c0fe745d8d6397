"""Jobs: asked for in a transaction, run at least once, tried again later, given up in the end."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import GiveUp, LeaseLost, enqueue, enqueue_all, job_kind, kinds, periodic, renew_lease
from lms.jobs.leases import fail, finish, hold, lease_next, pause_after
from lms.jobs.models import Job, JobState
from lms.jobs.worker import run_due, run_next, start_worker

ran: list[Any] = []


@job_kind("test_note", max_tries=3)
def note(arguments: dict[str, Any]) -> None:
    """Notes what it was called with; fails where it is told to."""
    ran.append(arguments["n"])
    if arguments.get("give_up"):
        raise GiveUp
    if arguments.get("fail"):
        raise ValueError(arguments["n"])


@pytest.fixture(autouse=True)
def nothing_ran(app: Flask) -> Iterator[None]:
    """Begin with an empty list, a fresh memory of slots, and no job of the day's slots."""
    app.extensions.pop("lms_job_slots", None)
    run_due(app)
    ran.clear()
    yield
    app.extensions.pop("lms_job_slots", None)


def ask(n: int, **options: Any) -> bool:
    """Ask for a job in a write unit of its own."""
    more = options.pop("arguments", {})
    with write_unit():
        return enqueue("test_note", {"n": n, **more}, **options)


def job(kind: str = "test_note") -> Job:
    """The one job of a kind."""
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.kind == kind)).one()


def test_a_job_runs_once_and_forgets_its_arguments(app: Flask) -> None:
    ask(1)
    run_due(app)
    run_due(app)
    assert ran == [1]
    assert (job().state, job().arguments, job().tries) == (JobState.DONE, {}, 1)


def test_a_job_of_a_transaction_that_failed_was_never_asked_for(app: Flask) -> None:
    def ask_and_fail() -> None:
        with write_unit():
            enqueue("test_note", {"n": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    run_due(app)
    assert ran == []


def test_a_job_is_asked_for_in_a_write_unit(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="write unit"):
        enqueue("test_note", {"n": 1})


def test_an_unknown_kind_is_refused(app: Flask) -> None:
    with pytest.raises(KeyError), write_unit():
        enqueue("test_unheard_of", {})


def test_the_same_key_is_the_same_job(app: Flask) -> None:
    assert ask(1, unique_key="once")
    assert not ask(2, unique_key="once")
    run_due(app)
    assert ran == [1]
    assert not ask(3, unique_key="once"), "also when it is done"


def test_a_job_waits_for_its_time(app: Flask) -> None:
    ask(1, run_at=now() + timedelta(hours=1))
    run_due(app)
    assert ran == []
    with time_machine.travel(now() + timedelta(hours=1)):
        run_due(app)
    assert ran == [1]


def test_a_failing_job_is_tried_again_later_and_then_given_up(app: Flask) -> None:
    ask(7, arguments={"fail": True})
    at = now()
    for tries in (1, 2, 3):
        with time_machine.travel(at, tick=False):
            run_due(app)
        assert ran == [7] * tries, "once a pause"
        at += pause_after(tries) + timedelta(seconds=1)
    assert (job().state, job().tries, job().error) == (JobState.FAILED, 3, "ValueError")
    with time_machine.travel(at + timedelta(days=9), tick=False):
        run_due(app)
    assert len(ran) == 3


def test_pauses_grow_to_six_hours() -> None:
    pauses = [pause_after(tries) for tries in range(1, 20)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=30), timedelta(hours=6))


def test_a_handler_may_give_up(app: Flask) -> None:
    ask(1, arguments={"give_up": True})
    run_due(app)
    assert (job().state, job().tries) == (JobState.FAILED, 1)


def test_a_lease_that_ended_is_taken_over_and_changes_nothing_any_more(app: Flask) -> None:
    ask(1)
    first = lease_next()
    assert first is not None
    assert lease_next() is None
    with time_machine.travel(now() + timedelta(minutes=2)):
        second = lease_next()
        assert second is not None
        assert (second.job_id, second.tries) == (first.job_id, 2)
        assert not finish(first)
        assert not fail(first, "Late")
        hold(first)
        with pytest.raises(LeaseLost):
            renew_lease()
        hold(None)
        assert finish(second)
    assert job().state == JobState.DONE


def test_a_renewed_lease_is_not_taken_over(app: Flask) -> None:
    ask(1)
    lease = lease_next()
    with time_machine.travel(now() + timedelta(seconds=50)):
        hold(lease)
        renew_lease()
        hold(None)
    with time_machine.travel(now() + timedelta(seconds=100)):
        assert lease_next() is None


def test_a_job_that_takes_every_worker_down_is_given_up(app: Flask) -> None:
    ask(1)
    at = now()
    for _ in range(3):
        with time_machine.travel(at):
            assert lease_next() is not None
        at += timedelta(minutes=2)
    with time_machine.travel(at):
        ask(2)
        assert run_next(app)
    db.session.rollback()
    lost = db.session.scalars(select(Job).where(Job.kind == "test_note").order_by(Job.id)).first()
    assert lost is not None
    assert (lost.state, lost.error) == (JobState.FAILED, "WorkerLost")


def test_taking_a_job_costs_the_same_however_many_wait(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("counts what SQLite does")

    def steps() -> int:
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        connection = db.session.connection().connection.driver_connection
        assert connection is not None
        db.session.rollback()
        connection.set_progress_handler(count, 10)
        try:
            assert lease_next() is not None
        finally:
            connection.set_progress_handler(None, 0)
        return counted

    def wait(number: int) -> None:
        with write_unit():
            enqueue_all("test_note", {f"{number} {n}": {"n": n} for n in range(number)})

    wait(20)
    few = steps()
    wait(2000)
    assert steps() <= few + 2


def test_a_job_of_a_kind_that_nobody_knows_waits(app: Flask) -> None:
    with write_unit() as session:
        session.add(Job(kind="of_a_removed_plugin", arguments={}, run_at=now()))
    run_due(app)
    assert job("of_a_removed_plugin").state == JobState.WAITING


def test_a_kind_has_one_handler() -> None:
    with pytest.raises(ValueError, match="two handlers"):
        job_kind("test_note")(lambda _arguments: None)


def test_a_periodic_job_runs_once_a_slot_whatever_the_number_of_workers(app: Flask) -> None:
    days: list[object] = []
    periodic("test_daily", every=timedelta(days=1))(lambda _arguments: days.append(now().date()))
    try:
        for day in range(3):
            with time_machine.travel(now() + timedelta(days=day)):
                for _worker in range(2):
                    app.extensions.pop("lms_job_slots", None)
                    run_due(app)
        assert len(days) == len(set(days)) == 3
    finally:
        kinds.forget("test_daily")


def test_old_jobs_are_dropped(app: Flask) -> None:
    ask(1)
    ask(2, run_at=now() + timedelta(days=90))
    run_due(app)
    with time_machine.travel(now() + timedelta(days=31)):
        run_due(app)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == "test_note")) == 1


def test_the_embedded_worker_wakes_at_a_commit_and_stops_when_told(app: Flask) -> None:
    stop = threading.Event()
    thread = start_worker(app, stop)
    ask(5)
    for _ in range(100):
        if ran:
            break
        stop.wait(0.05)
    stop.set()
    thread.join(timeout=5)
    assert ran == [5]
    assert not thread.is_alive()
