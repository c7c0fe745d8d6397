"""What certification has the worker do."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from lms.batches import batched
from lms.certification.queries import seats_in
from lms.certification.services import behind, follow, tell_dates
from lms.certification.services.clock import AT_ONCE as TOLD_AT_ONCE
from lms.certification.services.standings import AT_ONCE
from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import periodic, renew_lease
from lms.organizations.models import Network

EVERY = timedelta(days=1)
LEASE = timedelta(minutes=15)


@periodic("follow_cycles", every=EVERY, lease=LEASE)
def follow_cycles(_arguments: dict[str, Any]) -> None:
    """Tell of the dates that have come, count standings anew, renew what is due and award what days alone have
    changed. Each organization in a unit of its own, and only who is behind: nobody waits for all."""
    for network_id in list(db.session.scalars(select(Network.id).order_by(Network.id))):
        _tell(network_id)
        _follow(network_id)


def _follow(network_id: int) -> None:
    for some in batched(seats_in(network_id, now().date()), AT_ONCE):
        network = db.session.get_one(Network, network_id)
        found = behind(some, network, now())
        db.session.rollback()
        for organization_id in found:
            with write_unit():
                follow(organization_id, network_id, now())
        renew_lease()


def _tell(network_id: int) -> None:
    told = TOLD_AT_ONCE
    while told == TOLD_AT_ONCE:
        with write_unit() as session:
            told = tell_dates(session.get_one(Network, network_id), now())
        renew_lease()
