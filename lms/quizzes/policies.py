"""The choices that a quiz's author has."""

from enum import StrEnum


class GradeRule(StrEnum):
    """Which of a person's attempts at a quiz makes her grade."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class Feedback(StrEnum):
    """When a learner is told what her answers are worth."""

    EACH_QUESTION = "each_question"
    AFTER_SUBMISSION = "after_submission"
    AFTER_CLOSING = "after_closing"


POLICIES = (
    "late",
    "delay",
    "grade_rule",
    "feedback",
    "certainty",
    "draws",
    "pools",
    "page_size",
    "grading_days",
    "readers",
    "difference",
)
"""Optional rules of a quiz that its file and its columns name alike; its days are `opens`, `closes` in the file."""
