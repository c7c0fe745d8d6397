"""Counts by the minute that several processes keep together, in Redis where one is set.

Nothing depends on it: where Redis does not answer, whoever asks counts in its own memory.
"""

import logging
import time
from typing import Any

from flask import Flask, current_app

MINUTE = 60
PATIENCE, PAUSE = 0.25, 10.0
"""Seconds that Redis has to answer, and for which it is not asked again when it did not."""
_PREFIX = "tashbik:"
log = logging.getLogger(__name__)


class Shared:
    """A Redis that counts; what it does not answer is counted by whoever asks."""

    def __init__(self, url: str) -> None:
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._redis: Any = Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 1)
        )
        self._not_before = 0.0

    def count(self, key: str) -> int | None:
        """Count one more under a key; gives how many those of the present minute were before. None: ask again later."""
        from redis import RedisError

        if time.monotonic() < self._not_before:
            return None
        try:
            with self._redis.pipeline() as steps:
                # The time of forgetting is set in the same step as the first count: no key stays for ever.
                steps.set(f"{_PREFIX}{key}", 0, ex=MINUTE, nx=True)
                steps.incr(f"{_PREFIX}{key}")
                return int(steps.execute()[1]) - 1
        except RedisError as error:
            self._not_before = time.monotonic() + PAUSE
            log.warning("redis", extra={"facts": {"error": type(error).__name__, "counted_in": "memory"}})
            return None


def init_counting(app: Flask, url: str) -> None:
    """Know the Redis of the settings; nothing is asked yet."""
    app.extensions["lms_shared_counts"] = Shared(url) if url else None


def shared_count(key: str) -> int | None:
    """Count one more in the Redis of the app at work; None where there is none, or it does not answer."""
    shared: Shared | None = current_app.extensions["lms_shared_counts"] if current_app else None
    return shared.count(key) if shared else None
