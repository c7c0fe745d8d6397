"""Where organizations are with a network's certification, as a column of the report."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, distinct, func, select

from lms.certification.models import Cycle, CycleState, LevelRule
from lms.certification.phases import CLOCK, HELD, Phase, phase_expression, phase_of
from lms.db import Texts, db


@dataclass(frozen=True)
class Certificate:
    """The highest level that an organization holds, else the way that it began last."""

    phase: Phase
    level: Texts


def certificates(organization_ids: Collection[int], network_id: int, day: date) -> dict[int, Certificate]:
    """Organization id to what its badge says; one that began nothing is left out. One statement."""
    rows = db.session.execute(
        select(Cycle.organization_id, *CLOCK, LevelRule.names)
        .join(LevelRule, LevelRule.id == Cycle.rule_id)
        .where(
            Cycle.network_id == network_id,
            Cycle.organization_id.in_(organization_ids),
            Cycle.state != CycleState.WITHDRAWN,
        )
        .order_by(LevelRule.position, Cycle.id)
    )
    found: dict[int, Certificate] = {}
    for row in rows:
        known = found.get(row.organization_id)
        phase = phase_of(row, day)
        if known is None or phase in HELD or known.phase not in HELD:
            found[row.organization_id] = Certificate(phase, row.names)
    return found


def certified(organizations: Select[int], network_id: int, day: date) -> int:
    """How many of the organizations hold a level."""
    held = phase_expression(day).in_([phase.value for phase in HELD])
    return (
        db.session.scalar(
            select(func.count(distinct(Cycle.organization_id))).where(
                Cycle.network_id == network_id, Cycle.organization_id.in_(organizations), held
            )
        )
        or 0
    )
