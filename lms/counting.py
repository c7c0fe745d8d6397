"""Counts by the minute, kept by `limits`: in Redis where one is set, so that several processes count together.

Nothing depends on Redis: where it does not answer, each process counts in its own memory until it does.
"""

import logging
import math
import time

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter, RateLimiter

MINUTE = 60
PATIENCE, PAUSE = 0.25, 10.0
"""Seconds that Redis has to answer, and for which it is not asked again when it did not."""
log = logging.getLogger(__name__)


class Counts:
    """What was counted in the present minute; what a process forgets when it ends costs nobody anything."""

    def __init__(self, url: str) -> None:
        self.here: RateLimiter = FixedWindowRateLimiter(MemoryStorage())
        self.together: RateLimiter | None = FixedWindowRateLimiter(_redis(url)) if url else None
        self._not_before = 0.0

    def wait(self, name: str, most: int, key: str) -> int:
        """Count one more under a key; gives how many seconds whoever asks has to wait, 0 where it is within `most`."""
        item = RateLimitItemPerMinute(most, namespace=name)
        if self.together is not None and time.monotonic() >= self._not_before:
            try:
                return _wait(self.together, item, key)
            except StorageError as error:
                self._not_before = time.monotonic() + PAUSE
                cause = type(error.__cause__).__name__
                log.warning("redis", extra={"facts": {"error": cause, "counted_in": "memory"}})
        return _wait(self.here, item, key)


def _wait(counts: RateLimiter, item: RateLimitItemPerMinute, key: str) -> int:
    if counts.hit(item, key):
        return 0
    left = counts.get_window_stats(item, key).reset_time - time.time()
    return min(max(math.ceil(left), 1), MINUTE)


def _redis(url: str) -> RedisStorage:
    # Not at the head: where none is set it need not be installed.
    from redis import ConnectionPool
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    pool = ConnectionPool.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 1)
    )
    return RedisStorage(url, pool, key_prefix="tashbik", wrap_exceptions=True)
