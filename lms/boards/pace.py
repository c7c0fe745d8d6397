"""How often an address may be asked for: counted in the memory of a process, as a page that is read writes nothing."""

import time
from collections import OrderedDict
from threading import Lock

MINUTE = 60.0
MOST_KEPT = 4096


class Pace:
    """So many requests a minute under a key; what a process forgets when it ends costs nobody anything."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, key: str, at: float | None = None) -> bool:
        """Whether one more is within the pace; it is counted."""
        at = time.monotonic() if at is None else at
        with self._lock:
            since, count = self._seen.pop(key, (at, 0))
            if at - since >= MINUTE:
                since, count = at, 0
            self._seen[key] = (since, count + 1)
            while len(self._seen) > MOST_KEPT:
                self._seen.popitem(last=False)
        return count < self._most
