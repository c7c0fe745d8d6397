"""What is done to networks, organizations and belonging. None of these commits: callers run them in a write unit."""

from lms.organizations.services.admission import admit_by_link, leave_network, offer_to_networks, take_back
from lms.organizations.services.invitations import Invited, invite, open_shared_link, reopen, revoke
from lms.organizations.services.joining import join
from lms.organizations.services.members import (
    confirm_member,
    end_membership,
    hand_over,
    make_manager,
    name_for_post,
    refuse_member,
    resign,
    return_member,
    set_title,
)
from lms.organizations.services.networks import (
    NetworkFacts,
    change_network,
    create_network,
    end_admin,
    end_reviewer,
    name_admin,
    name_reviewer,
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
    "Invited",
    "NetworkFacts",
    "OrganizationFacts",
    "add_organization",
    "admit_by_link",
    "admit_organization",
    "change_network",
    "change_organization",
    "confirm_member",
    "create_network",
    "end_admin",
    "end_membership",
    "end_network_membership",
    "end_reviewer",
    "hand_over",
    "invite",
    "join",
    "leave_network",
    "make_manager",
    "name_admin",
    "name_for_post",
    "name_reviewer",
    "offer_to_networks",
    "open_shared_link",
    "refuse_member",
    "reopen",
    "resign",
    "return_member",
    "revoke",
    "set_title",
    "share_names",
    "take_back",
]
