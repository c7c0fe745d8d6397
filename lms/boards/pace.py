"""How often an address may be asked for: counted in memory, and in Redis where one is set: a page writes nothing."""

import time
from collections import OrderedDict
from threading import Lock

from lms.counting import MINUTE, shared_count

MOST_KEPT = 4096


class Pace:
    """So many requests a minute under a key; what a process forgets when it ends costs nobody anything.

    Processes that share a Redis count together, under the name of the pace; while it is away, each counts for itself.
    """

    def __init__(self, most: int, name: str = "pace") -> None:
        self._most, self._name = most, name
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, key: str, at: float | None = None) -> bool:
        """Whether one more is within the pace; it is counted."""
        alone = self._counted(key, time.monotonic() if at is None else at)
        together = shared_count(f"{self._name}:{key}") if at is None else None
        return (alone if together is None else together) < self._most

    def _counted(self, key: str, at: float) -> int:
        """How many there were in this process and minute, before this one."""
        with self._lock:
            since, count = self._seen.pop(key, (at, 0))
            if at - since >= MINUTE:
                since, count = at, 0
            self._seen[key] = (since, count + 1)
            while len(self._seen) > MOST_KEPT:
                self._seen.popitem(last=False)
        return count
