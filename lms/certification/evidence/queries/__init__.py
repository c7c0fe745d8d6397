"""Reads of evidence."""

from lms.certification.evidence.queries.counting import Counted, counted_submissions, public_summaries
from lms.certification.evidence.queries.files import file_of_evidence, file_of_party, file_of_submission
from lms.certification.evidence.queries.parties import (
    Partner,
    candidates,
    parties_of,
    parts_of,
    party_by_public_id,
    share_a_network,
)
from lms.certification.evidence.queries.pieces import evidence_by_public_id, evidence_of, submissions_of
from lms.certification.evidence.queries.reviewing import (
    conflicts,
    queue_of,
    review_counts,
    reviewers_needed,
    submission_by_public_id,
    visible_reviews,
)

__all__ = [
    "Counted",
    "Partner",
    "candidates",
    "conflicts",
    "counted_submissions",
    "evidence_by_public_id",
    "evidence_of",
    "file_of_evidence",
    "file_of_party",
    "file_of_submission",
    "parties_of",
    "parts_of",
    "party_by_public_id",
    "public_summaries",
    "queue_of",
    "review_counts",
    "reviewers_needed",
    "share_a_network",
    "submission_by_public_id",
    "submissions_of",
    "visible_reviews",
]
