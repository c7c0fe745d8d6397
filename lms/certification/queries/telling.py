"""Which of a network's cycles say where its organizations are, and what boards and reports ask of them, in SQL."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, select

from lms.certification.models import OPEN, Cycle, CycleState, KeptStanding
from lms.certification.phases import Phase, phase_expression

SOON = timedelta(days=90)
_STANDS = (CycleState.CERTIFIED, CycleState.SUSPENDED)


def telling_cycles(network_id: int, day: date) -> Select[Any]:
    """Ids of the cycles that say where organizations are: of each level the counting one (as `LevelCycles` has it), and
    the one under way."""
    level = (Cycle.organization_id, Cycle.level_id)
    newest = func.max(Cycle.id).over(partition_by=level)
    mine = select(Cycle.id, *level, Cycle.state, phase_expression(day).label("phase"), newest.label("newest"))
    each = mine.where(Cycle.network_id == network_id).subquery().c
    first = case(
        (each.state.in_(_STANDS) & (each.phase != Phase.EXPIRED), 0),
        ((each.state == CycleState.REVOKED) & (each.id == each.newest), 1),
        (each.state.in_(_STANDS), 2),
        else_=3,
    )
    rank = func.row_number().over(partition_by=(each.organization_id, each.level_id), order_by=(first, each.id.desc()))
    ranked = select(each.id, each.state, rank.label("rank")).subquery()
    return select(ranked.c.id).where((ranked.c.rank == 1) | ranked.c.state.in_(OPEN))


def is_at_risk_in(level_id: Any, network_id: int) -> ColumnElement[bool]:
    """Whether the level is one of those that are kept as at risk: a list of numbers, read as text on both engines."""
    listed: Any = cast(KeptStanding.at_risk, Text)
    for mark, instead in (("[", ","), ("]", ","), (" ", "")):
        listed = func.replace(listed, mark, instead)
    named = func.replace(listed, "," + cast(level_id, Text) + ",", "") != listed
    return (
        select(KeptStanding.id)
        .where(KeptStanding.network_id == network_id, KeptStanding.organization_id == Cycle.organization_id, named)
        .correlate(Cycle)
        .exists()
    )


def ends_between(first: date, last: date) -> ColumnElement[bool]:
    """Whether the certificate's last valid day is one of these; a suspended one waits for people, not for a day."""
    return (Cycle.state == CycleState.CERTIFIED) & Cycle.expires_on.between(first, last)
