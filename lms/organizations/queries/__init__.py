"""Reads about organizations, networks and belonging."""

from lms.organizations.queries.belonging import current_members, managers_of, member_count, networks_of
from lms.organizations.queries.force import actor_of, in_force
from lms.organizations.queries.networks import (
    admin_of,
    admins_of,
    all_networks,
    link_of,
    network_by_public_id,
    network_figures,
    organizations_of,
)
from lms.organizations.queries.organizations import organization_by_public_id, similar_organizations

__all__ = [
    "actor_of",
    "admin_of",
    "admins_of",
    "all_networks",
    "current_members",
    "in_force",
    "link_of",
    "managers_of",
    "member_count",
    "network_by_public_id",
    "network_figures",
    "networks_of",
    "organization_by_public_id",
    "organizations_of",
    "similar_organizations",
]
