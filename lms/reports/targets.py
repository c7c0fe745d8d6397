"""What the addresses of the reports point at."""

from dataclasses import dataclass

from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.reports.offered import REPORTS
from lms.reports.queries.groups import Dimension
from lms.reports.queries.persons import Member, member_of
from lms.reports.reported import ReportedOrganization, organization_in
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


def person(network_id: str, organization_id: str, membership_id: str) -> ReportedPerson | None:
    """The person of an address, where she belongs to that organization today."""
    place = organization_in(network_id, organization_id)
    if place is None:
        return None
    member = member_of(place.organization, place.day, membership_id)
    return ReportedPerson(place, member) if member is not None else None
