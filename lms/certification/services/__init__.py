"""Writes of certification."""

from lms.certification.services.awarding import award, return_to, submit
from lms.certification.services.bundles import ask_for_bundle
from lms.certification.services.checking import differing_cycles
from lms.certification.services.clock import behind, tell_dates
from lms.certification.services.credentials import issue_again, issue_for_completion, set_visibility, take_back
from lms.certification.services.cycles import follow, start_again, withdraw
from lms.certification.services.drafts import discard_draft, go_on_from_newest, keep_draft, save_draft
from lms.certification.services.planning import with_plan
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
    "discard_draft",
    "ensure_scheme",
    "extend",
    "follow",
    "go_on_from_newest",
    "issue_again",
    "issue_for_completion",
    "keep_draft",
    "name_signatory",
    "resume",
    "return_to",
    "revise",
    "revoke",
    "save_draft",
    "set_visibility",
    "start_again",
    "submit",
    "suspend",
    "take_back",
    "tell_dates",
    "with_plan",
    "withdraw",
]
