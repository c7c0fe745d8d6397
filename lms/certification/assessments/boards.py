"""What boards show of self-assessment."""

from collections.abc import Sequence

from lms.certification.assessments.models import Round
from lms.certification.assessments.queries import open_rounds, waiting_count
from lms.clock import today
from lms.organizations.models import Network, Organization
from lms.security import Permission
from lms.security.guards import the_actor
from lms.security.policy import allows


def rounds_under_way(organization: Organization) -> Sequence[Round] | None:
    """The organization's open rounds, for its own people; None for others, whom they do not concern."""
    if not allows(the_actor(), Permission.TAKE_PART, organization.scope()):
        return None
    return open_rounds(organization.id)


def assessments_waiting(network: Network) -> int:
    """How many self-assessments wait for the network."""
    return waiting_count(network.id, today())
