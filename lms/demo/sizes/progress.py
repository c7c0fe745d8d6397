"""How the making of a sized demonstration tells how far it is."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

#: Opens a progress bar under a label, of so many steps; what it gives is told how many were done since the last time.
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


@contextmanager
def in_silence(_label: str, _length: int) -> Iterator[Callable[[int], None]]:
    """Tell nothing."""
    yield lambda _done: None
