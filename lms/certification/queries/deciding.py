"""On whom somebody decides, and what the last words of verdicts were."""

from collections.abc import Collection

from sqlalchemy import func, select

from lms.certification.models import CycleStep, StepKind
from lms.db import db
from lms.security.actor import Actor

#: Steps that leave a cycle where somebody waits for somebody, or asks why.
_TELLING = (StepKind.SUBMITTED, StepKind.RETURNED, StepKind.PROPOSED, StepKind.SUSPENDED, StepKind.REVOKED)


def is_own(organization_id: int, actor: Actor) -> bool:
    """Whether she is a member of the organization or has a role in it: then others decide on it."""
    return organization_id in actor.organization_ids | {grant.organization_id for grant in actor.grants}


def last_words(cycle_ids: Collection[int]) -> dict[int, dict[StepKind, CycleStep]]:
    """Cycle id and kind to the last such step of it, in one statement."""
    newest = (
        select(func.max(CycleStep.id))
        .where(CycleStep.cycle_id.in_(cycle_ids), CycleStep.kind.in_(_TELLING))
        .group_by(CycleStep.cycle_id, CycleStep.kind)
    )
    found: dict[int, dict[StepKind, CycleStep]] = {}
    for step in db.session.scalars(select(CycleStep).where(CycleStep.id.in_(newest)).order_by(CycleStep.id)):
        found.setdefault(step.cycle_id, {})[StepKind(step.kind)] = step
    return found
