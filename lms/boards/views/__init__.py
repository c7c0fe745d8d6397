"""The pages of boards."""

from lms.boards.views import (
    admins,
    invitations,
    network,
    network_organizations,
    networks,
    organization_settings,
    organizations,
    people,
    roles,
)
from lms.boards.views.blueprint import blueprint

__all__ = [
    "admins",
    "blueprint",
    "invitations",
    "network",
    "network_organizations",
    "networks",
    "organization_settings",
    "organizations",
    "people",
    "roles",
]
