"""What days alone bring: dates that come are told of, and what is kept of standings is counted anew."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select

from lms.certification.events import CycleDateCame
from lms.certification.marks import Mark, Told, told_on
from lms.certification.models import Cycle, CycleMark, CycleState
from lms.certification.queries.cases import local_day
from lms.certification.queries.cycles import is_renewed
from lms.certification.services.cycles import is_behind
from lms.certification.services.standings import recounted, says_the_same
from lms.db import db
from lms.events import emit
from lms.organizations.models import Network

AT_ONCE = 100
"""Dates that are told of in one transaction."""


def behind(organization_ids: Collection[int], network: Network, now: datetime) -> list[int]:
    """Which of a network's organizations have to be followed: something of them has changed with the days, or was
    missed. A fixed number of statements; reads only."""
    found = recounted(organization_ids, network, local_day(network, now))
    return [
        organization.id
        for organization, kept, standing in found
        if not says_the_same(kept, standing) or (standing is not None and is_behind(standing))
    ]


def tell_dates(network: Network, now: datetime) -> int:
    """Tell of the next dates of a network's certificates that have come and were not told of; gives how many.

    Of a certificate that is renewed already, nothing is told.
    """
    return _tell_of(Cycle.network_id == network.id, local_day(network, now), now)


def tell_dates_uncovered(cycle: Cycle, now: datetime) -> None:
    """Once a renewal does not stand any more: tell at once of the dates that came while it did, of what it renewed."""
    mine = (Cycle.organization_id == cycle.organization_id) & (Cycle.network_id == cycle.network_id)
    _tell_of(mine & (Cycle.level_id == cycle.level_id), local_day(cycle.network, now), now)


def _tell_of(whose: ColumnElement[bool], day: date, now: datetime) -> int:
    told = 0
    for each in told_on(day):
        for cycle in _due(each, whose, AT_ONCE - told):
            _tell(cycle, each, now)
            told += 1
    return told


def _due(told: Told, whose: ColumnElement[bool], most: int) -> list[Cycle]:
    known = exists().where(
        CycleMark.cycle_id == Cycle.id, CycleMark.kind == told.mark.value, CycleMark.day == told.column
    )
    query = select(Cycle).where(whose, Cycle.state == CycleState.CERTIFIED, told.is_due())
    return list(db.session.scalars(query.where(~is_renewed(), ~known).order_by(Cycle.id).limit(most)))


def _tell(cycle: Cycle, told: Told, now: datetime) -> None:
    day: date = getattr(cycle, told.column.key)
    db.session.add(CycleMark(cycle_id=cycle.id, kind=told.mark.value, day=day, told_at=now))
    emit(
        CycleDateCame(
            now, None, cycle.organization_id, cycle.network_id, cycle.id, Mark(told.mark).value, day.isoformat()
        )
    )
