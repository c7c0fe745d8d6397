"""What certification has the worker do."""

from datetime import timedelta
from typing import Any

from lms.certification.queries import all_seats
from lms.certification.services import follow
from lms.clock import now
from lms.db import write_unit
from lms.jobs import periodic

EVERY = timedelta(days=1)
LEASE = timedelta(minutes=15)


@periodic("follow_cycles", every=EVERY, lease=LEASE)
def follow_cycles(_arguments: dict[str, Any]) -> None:
    """Renew what is due and award what days alone have changed. One unit an organization: nobody waits for all."""
    for organization_id, network_id in all_seats(now().date()):
        with write_unit():
            follow(organization_id, network_id, now())
