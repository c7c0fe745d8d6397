"""The pages of boards."""

from lms.boards.views import (
    admins,
    admission,
    awarding,
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
    "admission",
    "awarding",
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
