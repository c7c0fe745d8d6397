"""What `lms check` finds of cycles: whether each row says what its steps say."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from lms.certification.models import Award, Credential, Cycle, CycleState, CycleStep
from lms.checks import register_check
from lms.db import db


@register_check("cycles")
def differing_cycles() -> Iterator[str]:
    """Cycles that stand elsewhere than their last step left them, or whose certificate says another end."""
    last = select(func.max(CycleStep.id).label("id")).group_by(CycleStep.cycle_id).subquery()
    query = (
        select(Cycle.public_id)
        .outerjoin(CycleStep, (CycleStep.cycle_id == Cycle.id) & CycleStep.id.in_(select(last.c.id)))
        .outerjoin(Award, Award.cycle_id == Cycle.id)
        .outerjoin(Credential, Credential.award_id == Award.id)
        .where(
            or_(
                CycleStep.id.is_(None),
                CycleStep.state != Cycle.state,
                CycleStep.expires_on.is_distinct_from(Cycle.expires_on),
                Cycle.awarded_on.is_not(None) & Credential.expires_on.is_distinct_from(Cycle.expires_on),
                Credential.revoked_at.is_(None) == (Cycle.state == CycleState.REVOKED),
            )
        )
        .order_by(Cycle.id)
    )
    for public_id in db.session.scalars(query.execution_options(yield_per=500)):
        yield f"cycle {public_id}"
