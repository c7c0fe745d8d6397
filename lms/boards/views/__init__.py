"""The pages of boards."""

from lms.boards.views import (
    admins,
    admission,
    allowances,
    awarding,
    cohorts,
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
    "allowances",
    "awarding",
    "blueprint",
    "cohorts",
    "invitations",
    "network",
    "network_organizations",
    "networks",
    "organization_settings",
    "organizations",
    "people",
    "roles",
]
