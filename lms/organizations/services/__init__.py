"""What is done to networks, organizations and belonging. None of these commits: callers run them in a write unit."""

from lms.organizations.services.networks import (
    NetworkFacts,
    change_network,
    create_network,
    end_admin,
    name_admin,
)
from lms.organizations.services.organizations import (
    OrganizationFacts,
    add_organization,
    admit_organization,
    change_organization,
    end_network_membership,
    share_names,
)

__all__ = [
    "NetworkFacts",
    "OrganizationFacts",
    "add_organization",
    "admit_organization",
    "change_network",
    "change_organization",
    "create_network",
    "end_admin",
    "end_network_membership",
    "name_admin",
    "share_names",
]
