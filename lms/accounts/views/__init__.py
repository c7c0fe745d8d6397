"""The pages of accounts."""

from lms.accounts.views import first_run, mail, my_data, notices, profile, reset, second_factor, security, sign_in
from lms.accounts.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "first_run",
    "mail",
    "my_data",
    "notices",
    "profile",
    "reset",
    "second_factor",
    "security",
    "sign_in",
]
