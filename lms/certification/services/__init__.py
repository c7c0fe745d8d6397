"""Writes of certification."""

from lms.certification.services.credentials import issue_for_completion, revoke, set_visibility
from lms.certification.services.cycles import award, follow, start_again, start_cycle, withdraw
from lms.certification.services.schemes import ensure_scheme
from lms.certification.services.signatories import name_signatory

__all__ = [
    "award",
    "ensure_scheme",
    "follow",
    "issue_for_completion",
    "name_signatory",
    "revoke",
    "set_visibility",
    "start_again",
    "start_cycle",
    "withdraw",
]
