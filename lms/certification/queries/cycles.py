"""Where organizations are on their ways."""

from datetime import date

from sqlalchemy import func, select

from lms.certification.models import Cycle
from lms.certification.phases import HELD, phase_expression
from lms.db import db


def latest_cycles(organization_id: int, network_id: int) -> dict[int, Cycle]:
    """Level id to the organization's newest cycle in the network."""
    newest = (
        select(func.max(Cycle.id))
        .where(Cycle.organization_id == organization_id, Cycle.network_id == network_id)
        .group_by(Cycle.level_id)
    )
    return {cycle.level_id: cycle for cycle in db.session.scalars(select(Cycle).where(Cycle.id.in_(newest)))}


def held_levels(organization_id: int, network_id: int, day: date) -> set[int]:
    """Ids of the levels that the organization has in the network on a day, the days of grace included."""
    return set(
        db.session.scalars(
            select(Cycle.level_id).where(
                Cycle.organization_id == organization_id,
                Cycle.network_id == network_id,
                phase_expression(day).in_([phase.value for phase in HELD]),
            )
        )
    )


def cycle_by_public_id(public_id: str) -> Cycle | None:
    """A cycle by the id in an address."""
    return db.session.scalars(select(Cycle).where(Cycle.public_id == public_id)).one_or_none()
