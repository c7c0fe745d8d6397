"""Processes that share a Redis count together; without it each counts for itself, and nothing fails."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from lms.boards.pace import Pace
from lms.boards.views import feeds
from lms.counting import PATIENCE, Shared, shared_count
from tests.page import PageClient
from tests.postgres import free_port
from tests.services import Redis, running_redis

pytestmark = pytest.mark.once


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Redis]:
    with running_redis(tmp_path) as found:
        yield found


@pytest.fixture
def shared(app: Flask, server: Redis) -> Iterator[Shared]:
    """The app, set to that Redis."""
    found = app.extensions["lms_shared_counts"] = Shared(server.url)
    yield found
    found._redis.close()
    app.extensions["lms_shared_counts"] = None


def test_paces_of_two_processes_count_together(shared: Shared, server: Redis) -> None:
    one, two, another = Pace(3, "a"), Pace(3, "a"), Pace(3, "b")
    assert [pace.allows("x") for pace in (one, two, one, two)] == [True, True, True, False]
    assert another.allows("x")
    assert one.allows("y")
    assert server.keys() == ["tashbik:a:x", "tashbik:a:y", "tashbik:b:x"]
    assert 0 < shared._redis.ttl("tashbik:a:x") <= 60, "nothing stays"


def test_a_pace_without_redis_goes_on_in_memory(
    app: Flask, shared: Shared, server: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    pace = Pace(2)
    assert pace.allows("x")
    server.kill()
    logging.getLogger("lms").addHandler(caplog.handler)
    try:
        began = time.monotonic()
        assert [pace.allows("x") for _ in range(3)] == [True, False, False], "what was counted here is known"
        assert time.monotonic() - began < 4 * PATIENCE
    finally:
        logging.getLogger("lms").removeHandler(caplog.handler)
    assert [record.message for record in caplog.records] == ["redis"], "said once, not asked again at once"
    server.start()
    assert shared_count("x") is None
    shared._not_before = 0.0
    assert [shared_count("x"), shared_count("x")] == [0, 1]


def test_a_calendar_is_served_without_redis(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "lms_shared_counts", Shared(f"redis://127.0.0.1:{free_port()}"))
    monkeypatch.setattr(feeds, "EACH", Pace(10))
    monkeypatch.setattr(feeds, "FROM_ONE_PLACE", Pace(2))
    client = PageClient(app)
    assert [client.http.get("/calendar/guess.ics").status_code for _ in range(3)] == [404, 404, 429]


def test_a_calendar_is_counted_in_redis(app: Flask, shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    client = PageClient(app)
    answers = []
    for _process in range(2):
        monkeypatch.setattr(feeds, "EACH", Pace(10, "calendar"))
        monkeypatch.setattr(feeds, "FROM_ONE_PLACE", Pace(3, "calendar-place"))
        answers += [client.http.get("/calendar/guess.ics").status_code for _ in range(2)]
    assert answers == [404, 404, 404, 429]
