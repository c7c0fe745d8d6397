"""Steps on organizations' ways: each moves a cycle, is written down with who and why, and is told."""

from datetime import datetime

from sqlalchemy import func, select

from lms.certification.events import CycleStepped
from lms.certification.models import REASONED, Cycle, CycleState, CycleStep, LevelRule, StepKind
from lms.certification.queries.cases import local_day
from lms.db import db
from lms.errors import DomainError
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization

LONGEST_REASON = 1_000


def lock_organization(organization_id: int) -> None:
    """Two events at once must not move the same cycles."""
    db.session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())


def hold(cycle: Cycle) -> None:
    """Let nobody else move the organization's cycles meanwhile, and see this one as it is now."""
    lock_organization(cycle.organization_id)
    db.session.refresh(cycle)


def take_step(cycle: Cycle, kind: StepKind, *, actor_id: int | None, now: datetime, reason: str = "") -> CycleStep:
    """Move a cycle and write the step down as it then is.

    Raises NotAllowed where the step cannot be taken, DomainError (reason) where it needs one and has none.
    """
    reason = reason.strip()
    if kind in REASONED and not reason:
        raise DomainError(_("Say why."), "reason")
    if len(reason) > LONGEST_REASON:
        raise DomainError(_("This is too long."), "reason")
    cycle.take(kind)
    if cycle.state != CycleState.SUBMITTED:
        cycle.proposed_by_id = None
    return write_step(cycle, kind, actor_id=actor_id, now=now, reason=reason)


def write_step(cycle: Cycle, kind: StepKind, *, actor_id: int | None, now: datetime, reason: str = "") -> CycleStep:
    """Write down what has happened, and tell it."""
    last = db.session.scalar(select(func.max(CycleStep.number)).where(CycleStep.cycle_id == cycle.id)) or 0
    step = CycleStep(
        cycle_id=cycle.id,
        number=last + 1,
        kind=kind,
        at=now,
        actor_id=actor_id,
        reason=reason,
        state=cycle.state,
        expires_on=cycle.expires_on,
    )
    db.session.add(step)
    db.session.flush()
    emit(CycleStepped(now, actor_id, cycle.organization_id, cycle.network_id, cycle.id, step.id, kind.value))
    return step


def begin(organization_id: int, network_id: int, rule: LevelRule, *, actor_id: int | None, now: datetime) -> Cycle:
    """A new cycle of a level, under a rule, begun on the network's day."""
    day = local_day(db.session.get_one(Network, network_id), now)
    cycle = Cycle(
        organization_id=organization_id,
        network_id=network_id,
        level_id=rule.level_id,
        rule_id=rule.id,
        state=CycleState.IN_PROGRESS,
        started_on=day,
    )
    db.session.add(cycle)
    db.session.flush()
    write_step(cycle, StepKind.STARTED, actor_id=actor_id, now=now)
    return cycle
