"""What day it is for a network, and where that day ends."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.certification.requirement_types import Case
from lms.organizations.models import Network


def local_day(network: Network, now: datetime) -> date:
    """The network's calendar day at an instant."""
    return now.astimezone(ZoneInfo(network.time_zone)).date()


def issuers_day(network: Network | None, now: datetime) -> date:
    """The day by which a certificate is judged: of the network that issued it, or UTC's where the installation did."""
    return local_day(network, now) if network is not None else now.date()


def case_of(organization_id: int, network: Network, day: date) -> Case:
    """An organization on a day of the network's calendar, to be judged."""
    until = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(network.time_zone))
    return Case(organization_id, network.id, day, until)
