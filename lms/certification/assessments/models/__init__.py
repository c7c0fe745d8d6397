"""Instruments, rounds of them, what was scored, agreed and confirmed, and what follows from it."""

from lms.certification.assessments.models.actions import Action, ActionState
from lms.certification.assessments.models.instruments import HIGHEST, LOWEST, Instrument, InstrumentVersion
from lms.certification.assessments.models.reviews import Review, ReviewedScore, ReviewState
from lms.certification.assessments.models.rounds import Agreement, Round, RoundState, Score

__all__ = [
    "HIGHEST",
    "LOWEST",
    "Action",
    "ActionState",
    "Agreement",
    "Instrument",
    "InstrumentVersion",
    "Review",
    "ReviewState",
    "ReviewedScore",
    "Round",
    "RoundState",
    "Score",
]
