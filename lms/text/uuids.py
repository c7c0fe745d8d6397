"""UUIDs that sort by the time of their making (RFC 9562, version 7)."""

import secrets
import threading
import time
import uuid

_RANDOM_BITS = 74
# A clock is set back by a little now and then; by more only after it was wrong, and then it is believed.
_SETBACK_MILLISECONDS = 10_000
_lock = threading.Lock()


class Series:
    """Makes values (milliseconds, 74 random bits) that grow from call to call (RFC 9562 §6.2, method 2)."""

    def __init__(self) -> None:
        self.milliseconds = 0
        self.random = 0

    def next(self, now: int) -> tuple[int, int]:
        """Return the value for a call at ``now`` (milliseconds)."""
        if now > self.milliseconds or now < self.milliseconds - _SETBACK_MILLISECONDS:
            self.milliseconds, self.random = now, secrets.randbits(_RANDOM_BITS - 1)
        else:
            # Same millisecond, or the clock was set back a little: go on from the last value.
            self.random += 1 + secrets.randbits(32)
            self.milliseconds += self.random >> _RANDOM_BITS
            self.random &= (1 << _RANDOM_BITS) - 1
        return self.milliseconds, self.random


_series = Series()


def uuid7() -> uuid.UUID:
    """Return a new UUID version 7; within a process each is greater than the one before.

    Only a clock that is set back by more than ten seconds starts a new order.
    """
    with _lock:
        milliseconds, random = _series.next(time.time_ns() // 1_000_000)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
