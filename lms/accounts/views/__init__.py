"""The pages of accounts."""

from lms.accounts.views import sign_in
from lms.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "sign_in"]
