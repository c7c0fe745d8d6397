"""Processes that share a Redis count together; without it each counts for itself, and nothing fails."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from limits.storage import RedisStorage
from werkzeug.exceptions import TooManyRequests

from lms.boards.views import feeds
from lms.clock import now
from lms.counting import MINUTE, PATIENCE, Counts
from lms.pace import Pace
from tests.api import Program
from tests.page import PageClient
from tests.postgres import free_port
from tests.services import Redis, running_redis

pytestmark = pytest.mark.once


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Redis]:
    with running_redis(tmp_path) as found:
        yield found


Process = Callable[[str], Counts]


@pytest.fixture
def process(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    """The app, as a process that has just been started with the Redis of an address."""
    pools = []

    def started(url: str) -> Counts:
        counts = Counts(url)
        assert counts.together is not None
        assert isinstance(counts.together.storage, RedisStorage)
        pools.append(counts.together.storage.storage.connection_pool)
        monkeypatch.setitem(app.extensions, "lms_counts", counts)
        return counts

    yield started
    for pool in pools:
        pool.disconnect()


def asked(pace: Pace, key: str) -> bool:
    """Whether one more was within the pace."""
    try:
        pace.keep(key)
    except TooManyRequests as refused:
        after = refused.retry_after
    else:
        return True
    assert isinstance(after, int)
    assert 0 < after <= MINUTE
    return False


def test_a_minute_later_all_is_as_before(app: Flask) -> None:
    pace = Pace("a", 2)
    with time_machine.travel(now(), tick=False) as clock:
        assert [asked(pace, "x") for _ in range(3)] == [True, True, False]
        assert asked(pace, "y")
        clock.shift(timedelta(seconds=MINUTE - 1))
        assert not asked(pace, "x")
        clock.shift(timedelta(seconds=1))
        assert [asked(pace, "x") for _ in range(3)] == [True, True, False]


def test_two_processes_count_together(process: Process, server: Redis) -> None:
    answers = []
    for _process in range(2):
        process(server.url)
        answers += [asked(Pace("a", 3), "x") for _ in range(2)]
    assert answers == [True, True, True, False]
    assert asked(Pace("b", 3), "x")
    assert asked(Pace("a", 3), "y")
    assert server.keys() == ["tashbik:a/x/3/1/minute", "tashbik:a/y/3/1/minute", "tashbik:b/x/3/1/minute"]
    assert all(0 < left <= MINUTE for left in server.seconds_left()), "nothing stays"


def test_without_redis_a_process_goes_on_in_memory(
    process: Process, server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    counts, pace = process(server.url), Pace("a", 2)
    assert [asked(pace, "x") for _ in range(3)] == [True, True, False]
    server.kill()
    logging.getLogger("lms").addHandler(caplog.handler)
    try:
        began = time.monotonic()
        assert [asked(pace, "x") for _ in range(3)] == [True, True, False]
        assert time.monotonic() - began < 4 * PATIENCE
    finally:
        logging.getLogger("lms").removeHandler(caplog.handler)
    assert [record.message for record in caplog.records] == ["redis"], "said once, not asked again at once"
    server.start()
    assert not asked(pace, "x"), "it is not asked again yet"
    counts._not_before = 0.0
    assert [asked(pace, "x") for _ in range(3)] == [True, True, False]


def test_a_process_starts_without_redis(app: Flask, process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    process(f"redis://127.0.0.1:{free_port()}")
    monkeypatch.setattr(feeds, "FROM_ONE_PLACE", Pace("few", 2))
    client = PageClient(app)
    assert [client.http.get("/calendar/guess.ics").status_code for _ in range(3)] == [404, 404, 429]
    assert Program(app).get("/api/v1/networks/none", 401)


def test_calendars_and_programs_are_counted_in_redis(
    app: Flask, process: Process, server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "FROM_ONE_PLACE", Pace("few", 3))
    client, answers = PageClient(app), []
    for _process in range(2):
        process(server.url)
        answers += [client.http.get("/calendar/guess.ics").status_code for _ in range(2)]
    assert answers == [404, 404, 404, 429]
    Program(app).get("/api/v1/networks/none", 401)
    assert {key.split("/")[0] for key in server.keys()} == {  # noqa: SIM118 (it is no dict)
        "tashbik:api",
        "tashbik:api-place",
        "tashbik:calendar",
        "tashbik:few",
    }
