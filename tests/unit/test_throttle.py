"""Waits after failed tries."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from lms.accounts.models import Throttle
from lms.accounts.throttle import LONGEST_WAIT, Counted, blocked_for, forget_failures, note_failure, wait_after
from lms.db import db, write_unit

SECRET = "secret"
EVENING = datetime(2026, 8, 3, 23, 59, 50, tzinfo=UTC)
SARA = Counted("name", "sara", 5)


def fail(times: int, at: datetime = EVENING) -> None:
    for _ in range(times):
        with write_unit():
            note_failure((SARA,), SECRET, at)


def test_waits_double_up_to_half_an_hour() -> None:
    assert [wait_after(n, 5).total_seconds() for n in (0, 4, 5, 6, 7)] == [0, 0, 30, 60, 120]
    assert wait_after(10_000, 5) == LONGEST_WAIT


def test_a_wait_survives_a_restart_and_midnight(app: Flask) -> None:
    fail(5)
    db.session.remove()
    db.engine.dispose()
    assert blocked_for((SARA,), SECRET, EVENING) == timedelta(seconds=30)
    assert blocked_for((SARA,), SECRET, EVENING + timedelta(seconds=20)) == timedelta(seconds=10)
    assert not blocked_for((SARA,), SECRET, EVENING + timedelta(seconds=30))


def test_failures_far_apart_are_not_counted_together(app: Flask) -> None:
    fail(4)
    with write_unit() as session:
        session.query(Throttle).update({"last_at": EVENING - timedelta(minutes=61)})
    fail(4)
    assert not blocked_for((SARA,), SECRET, EVENING)
    fail(1)
    assert blocked_for((SARA,), SECRET, EVENING)


def test_a_success_forgets(app: Flask) -> None:
    fail(6)
    with write_unit():
        forget_failures(SARA, SECRET, EVENING)
    assert not blocked_for((SARA,), SECRET, EVENING)


def test_keys_of_two_days_cannot_be_joined() -> None:
    assert SARA.key(SECRET, "2026-08-03") != SARA.key(SECRET, "2026-08-04")
    assert SARA.key(SECRET, "2026-08-03") != SARA.key("other", "2026-08-03")


def test_old_waits_are_forgotten(app: Flask) -> None:
    fail(5)
    fail(1, EVENING + timedelta(days=3))
    assert db.session.query(Throttle).count() == 1
