"""What is kept in memory by its name: the most recently used so many, shared by the threads of a process."""

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by their keys, the least recently used forgotten first.

    Finding one takes the same time however many are kept: Jinja's cache of the same purpose looks through all of them.
    """

    def __init__(self, most: int) -> None:
        """`most`: how many are kept."""
        self._values: LRUCache[Hashable, Value] = LRUCache(most)
        # The order of use changes with every reading, and a server has several threads.
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Hashable) -> Value | None:
        """What is kept under that key; None where nothing is."""
        with self._lock:
            try:
                return self._values[key]
            except KeyError:
                return None

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep that value under that key, and give it back."""
        with self._lock:
            self._values[key] = value
        return value
