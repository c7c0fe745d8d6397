"""The pages of accounts."""

from lms.accounts.views import second_factor, security, sign_in
from lms.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "second_factor", "security", "sign_in"]
