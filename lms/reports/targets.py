"""What the addresses of the reports point at."""

from dataclasses import dataclass

from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.reports.exports import FORMATS
from lms.security.actor import Scope


def network(network_id: str) -> Network | None:
    """The network of an address."""
    return network_by_public_id(network_id)


@dataclass(frozen=True)
class NetworkFile:
    """A network's report as a file."""

    network: Network
    file_format: str

    def scope(self) -> Scope:
        """The network's."""
        return self.network.scope()


def network_file(network_id: str, file_format: str) -> NetworkFile | None:
    """The network and the kind of file of an address."""
    found = network(network_id)
    return NetworkFile(found, file_format) if found is not None and file_format in FORMATS else None
