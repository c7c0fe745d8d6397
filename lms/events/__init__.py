"""Events: frozen dataclasses that features emit and listen to. The only thing that speaks upward.

A listener is called in the emitter's transaction with (sender, event=…); what a plugin's listener does outside the
database goes through a job.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from blinker import Signal

from lms.db import WRITING, db, the_connection


@dataclass(frozen=True)
class Event:
    """Something that happened at an instant (aware, UTC), by an actor (person id) where there is one.

    Subclasses add fields of ids, numbers and short strings (never names of people); `organization_id` and
    `network_id`, where they have them, are what the log is filtered by.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    signal: ClassVar[Signal]

    at: datetime
    actor_id: int | None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.signal = Signal(cls.__doc__)


def emit(event: Event) -> None:
    """Write the event to the log and tell its listeners, all in the present transaction."""
    from lms.events.models import INSERT

    session = db.session()
    if not session.info.get(WRITING):
        raise RuntimeError(f"{event.name} was emitted outside of a write unit")
    # What it speaks of is stored before it; the row itself goes past the session, which has nothing to do with it.
    session.flush()
    payload = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in ("at", "actor_id")}
    row = {
        "name": event.name,
        "version": event.version,
        "occurred_at": event.at,
        "actor_id": event.actor_id,
        "organization_id": payload.get("organization_id"),
        "network_id": payload.get("network_id"),
        "payload": payload,
    }
    the_connection().execute(INSERT, row)
    event.signal.send(type(event), event=event)
