"""What of certification is told to people."""

from datetime import datetime
from typing import Any

from lms.certification.events import CertificateAtRisk, CycleDateCame, CycleStepped
from lms.certification.marks import Mark
from lms.certification.models import Cycle, StepKind
from lms.db import db
from lms.notifications.models import Message
from lms.notifications.queries import VERDICTS
from lms.notifications.services import settle, tell

#: Kinds of messages by the step that they tell of.
STEPS = {
    StepKind.SUBMITTED: "submitted",
    StepKind.PROPOSED: "proposed",
    StepKind.RETURNED: "returned",
    StepKind.AWARDED: "awarded",
    StepKind.EXTENDED: "extended",
    StepKind.SUSPENDED: "suspended",
    StepKind.RESUMED: "resumed",
    StepKind.REVOKED: "revoked",
}
#: By the date that they tell of: to the organization's managers, and to the network's admins.
MARKS = {
    Mark.WINDOW: ("window",),
    Mark.DUE_30: ("due_30", "ending"),
    Mark.DUE_7: ("due_7",),
    Mark.EXPIRED: ("expired", "ended"),
    Mark.LAPSED: ("lapsed",),
}


def on_cycle_stepped(_sender: Any, event: CycleStepped) -> None:
    """Somebody decided, or handed in."""
    step = StepKind(event.kind)
    cycle = db.session.get_one(Cycle, event.cycle_id)
    if step in VERDICTS:
        settle(cycle, event.at)
    kind = STEPS.get(step)
    if kind is not None:
        message = _of_cycle(cycle, kind, f"step {event.step_id}", event.at)
        message.step_id = event.step_id
        tell(message, event.actor_id, event.at)


def on_cycle_date_came(_sender: Any, event: CycleDateCame) -> None:
    """A day has come."""
    cycle = db.session.get_one(Cycle, event.cycle_id)
    for kind in MARKS[Mark(event.kind)]:
        tell(_of_cycle(cycle, kind, f"date {cycle.id} {event.kind} {event.day}", event.at), None, event.at)


def on_certificate_at_risk(_sender: Any, event: CertificateAtRisk) -> None:
    """Facts have changed."""
    kind = "cured" if event.cured else "at_risk"
    of = {"organization_id": event.organization_id, "network_id": event.network_id, "level_id": event.level_id}
    key = f"{kind} {event.organization_id} {event.network_id} {event.level_id} {event.at.isoformat()}"
    tell(Message(kind=kind, key=key, at=event.at, **of), None, event.at)


def _of_cycle(cycle: Cycle, kind: str, event: str, at: datetime) -> Message:
    return Message(
        kind=kind,
        key=f"{kind} {event}",
        at=at,
        organization_id=cycle.organization_id,
        network_id=cycle.network_id,
        level_id=cycle.level_id,
        cycle_id=cycle.id,
        ends_on=cycle.expires_on,
        grace_ends_on=cycle.grace_ends_on,
    )


def listen() -> None:
    """Connect; connecting again changes nothing."""
    CycleStepped.signal.connect(on_cycle_stepped)
    CycleDateCame.signal.connect(on_cycle_date_came)
    CertificateAtRisk.signal.connect(on_certificate_at_risk)
