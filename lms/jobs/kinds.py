"""The kinds of jobs: each feature registers its handlers when it is imported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Handler = Callable[[dict[str, Any]], None]
MINUTE = timedelta(minutes=1)


class GiveUp(Exception):
    """Raised by a handler when trying again is of no use."""


@dataclass(frozen=True)
class Kind:
    """What runs a kind of job, how long one run may take before it counts as dead, and how often it is tried."""

    name: str
    handler: Handler
    lease: timedelta
    max_tries: int
    #: How often a periodic job is due; None for jobs that are asked for.
    every: timedelta | None = None


_kinds: dict[str, Kind] = {}


def job_kind(name: str, *, lease: timedelta = MINUTE, max_tries: int = 8) -> Callable[[Handler], Handler]:
    """Register the decorated function as the handler of jobs of kind `name`.

    It is called with the job's arguments, in the app's context and outside of any transaction. It must bear being
    called again; it raises GiveUp where another try is of no use, and anything else to be tried again later.
    """
    return _registration(lambda handler: Kind(name, handler, lease, max_tries))


def periodic(name: str, *, every: timedelta, lease: timedelta = MINUTE) -> Callable[[Handler], Handler]:
    """Register the decorated function to run once in every slot of length `every`, whatever the number of workers."""
    return _registration(lambda handler: Kind(name, handler, lease, max_tries=3, every=every))


def _registration(kind_of: Callable[[Handler], Kind]) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        kind = kind_of(handler)
        known = _kinds.get(kind.name)
        if known and known.handler is not handler:
            raise ValueError(f"two handlers of the job kind {kind.name!r}")
        _kinds[kind.name] = kind
        return handler

    return register


def kinds() -> Mapping[str, Kind]:
    """Every kind that is registered, by its name."""
    return _kinds


def forget(name: str) -> None:
    """Register a kind no more: for plugins that are unloaded, and for tests."""
    del _kinds[name]
