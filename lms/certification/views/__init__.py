"""The pages of certification."""

from lms.certification.views import mine, revoking, signatory, verifying
from lms.certification.views.blueprint import blueprint, paper

__all__ = ["blueprint", "mine", "paper", "revoking", "signatory", "verifying"]
