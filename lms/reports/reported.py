"""An organization as its network's reports know it."""

from dataclasses import dataclass
from datetime import date

from lms.certification.queries import local_day
from lms.clock import now
from lms.organizations.models import Network, Organization
from lms.organizations.queries import link_of
from lms.security.actor import Scope


@dataclass(frozen=True)
class ReportedOrganization:
    """An organization in the report of a network that it is in today."""

    network: Network
    organization: Organization
    day: date

    def scope(self) -> Scope:
        """The network's: another of the organization's networks has a report of its own."""
        return self.network.scope()


def organization_in(network_id: str, organization_id: str) -> ReportedOrganization | None:
    """The organization of an address, both by their public ids, where it is in that network today."""
    link = link_of(network_id, organization_id)
    if link is None:
        return None
    day = local_day(link.network, now())
    return ReportedOrganization(link.network, link.organization, day) if link.covers(day) else None
