"""Reads of self-assessment."""

from lms.certification.assessments.queries.actions import action_by_public_id, actions_of, module_links
from lms.certification.assessments.queries.results import Result, earlier_round, result_of
from lms.certification.assessments.queries.reviews import (
    is_involved,
    queue_of,
    review_by_public_id,
    reviews_of,
    waiting_count,
    waiting_counts,
)
from lms.certification.assessments.queries.rounds import (
    Participation,
    agreements_of,
    instrument_by_public_id,
    open_instruments,
    open_rounds,
    own_scores,
    participation_of,
    round_by_public_id,
    rounds_of,
)

__all__ = [
    "Participation",
    "Result",
    "action_by_public_id",
    "actions_of",
    "agreements_of",
    "earlier_round",
    "instrument_by_public_id",
    "is_involved",
    "module_links",
    "open_instruments",
    "open_rounds",
    "own_scores",
    "participation_of",
    "queue_of",
    "result_of",
    "review_by_public_id",
    "reviews_of",
    "round_by_public_id",
    "rounds_of",
    "waiting_count",
    "waiting_counts",
]
