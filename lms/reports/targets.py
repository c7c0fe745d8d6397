"""What the addresses of the reports point at."""

from dataclasses import dataclass
from datetime import date

from lms.certification.queries import local_day
from lms.clock import now
from lms.organizations.models import Network, Organization
from lms.organizations.queries import link_of, network_by_public_id
from lms.reports.offered import REPORTS
from lms.reports.queries.groups import Dimension
from lms.reports.queries.persons import Member, member_of
from lms.reports.sheets import FORMATS
from lms.security.actor import Scope


@dataclass(frozen=True)
class ReportFile:
    """One of a network's reports as a file."""

    network: Network
    report: str
    file_format: str

    def scope(self) -> Scope:
        """The network's."""
        return self.network.scope()


@dataclass(frozen=True)
class NetworkGroups:
    """A network's report by groups."""

    network: Network
    dimension: Dimension

    def scope(self) -> Scope:
        """The network's."""
        return self.network.scope()


@dataclass(frozen=True)
class ReportedOrganization:
    """An organization in the report of a network that it is in today; as a file where a format is named."""

    network: Network
    organization: Organization
    day: date
    file_format: str = ""

    def scope(self) -> Scope:
        """The network's: another of the organization's networks has a report of its own."""
        return self.network.scope()


@dataclass(frozen=True)
class ReportedPerson:
    """One of the people of an organization, in a network's report."""

    place: ReportedOrganization
    member: Member

    def scope(self) -> Scope:
        """The network's."""
        return self.place.scope()


def network(network_id: str) -> Network | None:
    """The network of an address."""
    return network_by_public_id(network_id)


def report_file(network_id: str, report: str, file_format: str) -> ReportFile | None:
    """The network, the report and the kind of file of an address."""
    found = network(network_id)
    if found is None or report not in REPORTS or file_format not in FORMATS:
        return None
    return ReportFile(found, report, file_format)


def groups(network_id: str, dimension: str) -> NetworkGroups | None:
    """The network of an address, and what its numbers are grouped by there."""
    found = network(network_id)
    if found is None or dimension not in set(Dimension):
        return None
    return NetworkGroups(found, Dimension(dimension))


def organization(network_id: str, organization_id: str) -> ReportedOrganization | None:
    """The organization of an address, where it is in that network today."""
    link = link_of(network_id, organization_id)
    if link is None:
        return None
    day = local_day(link.network, now())
    return ReportedOrganization(link.network, link.organization, day) if link.covers(day) else None


def organization_file(network_id: str, organization_id: str, file_format: str) -> ReportedOrganization | None:
    """The organization and the kind of file of an address."""
    found = organization(network_id, organization_id)
    if found is None or file_format not in FORMATS:
        return None
    return ReportedOrganization(found.network, found.organization, found.day, file_format)


def person(network_id: str, organization_id: str, membership_id: str) -> ReportedPerson | None:
    """The person of an address, where she belongs to that organization today."""
    place = organization(network_id, organization_id)
    if place is None:
        return None
    member = member_of(place.organization, place.day, membership_id)
    return ReportedPerson(place, member) if member is not None else None
