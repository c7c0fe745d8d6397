"""Where organizations are with a network's certification, as a column of the report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Integer, Select, Text, bindparam, cast, distinct, func, select

from lms.certification.models import Cycle, CycleState, LevelRule
from lms.certification.phases import CLOCK, HELD, Phase, held_expression, phase_of
from lms.db import Texts, read
from lms.organizations.models import NetworkMembership
from lms.organizations.queries import in_force
from lms.reports.queries.shared import unindexed

_NETWORK, _DAY = bindparam("network", type_=Integer()), bindparam("day", type_=Date())
_CYCLES: Any = (
    select(Cycle.organization_id, *CLOCK, cast(LevelRule.names, Text).label("names"))
    .join(LevelRule, LevelRule.id == Cycle.rule_id)
    .where(
        Cycle.network_id == _NETWORK,
        Cycle.organization_id.in_(bindparam("organizations", expanding=True, type_=Integer())),
        Cycle.state != CycleState.WITHDRAWN,
    )
    .order_by(LevelRule.position, Cycle.id)
)
_MEMBERS = select(NetworkMembership.organization_id).where(
    NetworkMembership.network_id == _NETWORK, in_force(NetworkMembership, _DAY)
)


@dataclass(frozen=True)
class Certificate:
    """The highest level that an organization holds, else the way that it began last."""

    phase: Phase
    level: Texts


def certificates(organization_ids: Sequence[int], network_id: int, day: date) -> dict[int, Certificate]:
    """Organization id to what its badge says; one that began nothing is left out. One statement."""
    found: dict[int, Certificate] = {}
    for row in read(_CYCLES, network=network_id, organizations=organization_ids):
        known = found.get(row.organization_id)
        phase = phase_of(row, day)
        if known is None or phase in HELD or known.phase not in HELD:
            found[row.organization_id] = Certificate(phase, _texts(row.names))
    return found


@lru_cache(256)
def _texts(stored: str) -> Texts:
    # A network has a handful of levels, and a page as many rows of these as there are ways of its organizations.
    found: Texts = json.loads(stored)
    return found


def _certified(organizations: Select[int]) -> Select[int]:
    # From what is held, which lies in one place of an index, and not from each of the organizations.
    return select(func.count(distinct(Cycle.organization_id))).where(
        Cycle.network_id == _NETWORK, held_expression(_DAY), unindexed(Cycle.organization_id).in_(organizations)
    )


_CERTIFIED = _certified(_MEMBERS)


def certified(organizations: Select[int] | None, network_id: int, day: date) -> int:
    """How many of the organizations (None: of the network's) hold a level."""
    statement = _CERTIFIED if organizations is None else _certified(organizations)
    return read(statement, network=network_id, day=day).scalar() or 0
