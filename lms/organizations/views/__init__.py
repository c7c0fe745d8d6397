"""The pages of joining."""

from lms.organizations.views import join
from lms.organizations.views.blueprint import blueprint, short

__all__ = ["blueprint", "join", "short"]
