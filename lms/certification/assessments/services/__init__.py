"""Writes of self-assessment."""

from lms.certification.assessments.services.actions import add_action, change_action, delete_action, mark_action
from lms.certification.assessments.services.agreeing import Agreed, agree, close_round, name_recorder
from lms.certification.assessments.services.reviews import Verdict, confirm, hand_in, send_back, withdraw_reviews
from lms.certification.assessments.services.rounds import cancel_round, end_scoring, save_scores, start_round

__all__ = [
    "Agreed",
    "Verdict",
    "add_action",
    "agree",
    "cancel_round",
    "change_action",
    "close_round",
    "confirm",
    "delete_action",
    "end_scoring",
    "hand_in",
    "mark_action",
    "name_recorder",
    "save_scores",
    "send_back",
    "start_round",
    "withdraw_reviews",
]
