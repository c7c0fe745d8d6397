"""The pages of boards."""

from lms.boards.views import admins, network, network_organizations, networks
from lms.boards.views.blueprint import blueprint

__all__ = ["admins", "blueprint", "network", "network_organizations", "networks"]
