"""Reads about organizations, networks and belonging."""

from lms.organizations.queries.belonging import current_members, managers_of, networks_of
from lms.organizations.queries.force import actor_from, actor_of, facts_of, in_force
from lms.organizations.queries.invitations import (
    invitation_by_code,
    invitation_by_public_id,
    invitations_of,
    open_manager_links,
)
from lms.organizations.queries.networks import (
    admin_of,
    admins_of,
    all_networks,
    holder_of,
    holders_of,
    link_of,
    network_by_public_id,
    organization_count,
    organizations_of,
)
from lms.organizations.queries.organizations import (
    organization_by_public_id,
    organizations_by_ids,
    similar_organizations,
)
from lms.organizations.queries.people import (
    Member,
    awaited_by,
    confirmed_memberships,
    members_page,
    membership_by_public_id,
    membership_of,
    returnable_of,
    waiting_of,
)

__all__ = [
    "Member",
    "actor_from",
    "actor_of",
    "admin_of",
    "admins_of",
    "all_networks",
    "awaited_by",
    "confirmed_memberships",
    "current_members",
    "facts_of",
    "holder_of",
    "holders_of",
    "in_force",
    "invitation_by_code",
    "invitation_by_public_id",
    "invitations_of",
    "link_of",
    "managers_of",
    "members_page",
    "membership_by_public_id",
    "membership_of",
    "network_by_public_id",
    "networks_of",
    "open_manager_links",
    "organization_by_public_id",
    "organization_count",
    "organizations_by_ids",
    "organizations_of",
    "returnable_of",
    "similar_organizations",
    "waiting_of",
]
