"""Writes of certification."""

from lms.certification.services.awarding import award, return_to, submit
from lms.certification.services.bundles import ask_for_bundle
from lms.certification.services.checking import differing_cycles
from lms.certification.services.clock import behind, tell_dates
from lms.certification.services.credentials import issue_for_completion, set_visibility, take_back
from lms.certification.services.cycles import follow, start_again, withdraw
from lms.certification.services.schemes import cancel_revision, ensure_scheme, revise
from lms.certification.services.signatories import name_signatory
from lms.certification.services.steps import begin
from lms.certification.services.verdicts import extend, resume, revoke, suspend

__all__ = [
    "ask_for_bundle",
    "award",
    "begin",
    "behind",
    "cancel_revision",
    "differing_cycles",
    "ensure_scheme",
    "extend",
    "follow",
    "issue_for_completion",
    "name_signatory",
    "resume",
    "return_to",
    "revise",
    "revoke",
    "set_visibility",
    "start_again",
    "submit",
    "suspend",
    "take_back",
    "tell_dates",
    "withdraw",
]
