"""Writes of evidence. None of them commits: callers run them in a write unit."""

from lms.certification.evidence.services.files import add_files, take_file_out
from lms.certification.evidence.services.parties import answer_party, name_party, take_party_out
from lms.certification.evidence.services.pieces import begin_evidence, discard_evidence, save_evidence, say_in_public
from lms.certification.evidence.services.reviewing import give_review, set_reviewers
from lms.certification.evidence.services.submitting import hand_in, withdraw

__all__ = [
    "add_files",
    "answer_party",
    "begin_evidence",
    "discard_evidence",
    "give_review",
    "hand_in",
    "name_party",
    "save_evidence",
    "say_in_public",
    "set_reviewers",
    "take_file_out",
    "take_party_out",
    "withdraw",
]
