"""What a person said of an answer, stored where the attempt has it."""

from collections.abc import Sequence
from datetime import datetime

from lms.quizzes.models import AttemptQuestion
from lms.quizzes.queries import questions_of
from lms.quizzes.rubrics import Reading
from lms.quizzes.services.grading import finish_attempt, lock_attempt


def set_verdict(
    question: AttemptQuestion, fraction: float, readings: Sequence[Reading], *, actor_id: int, now: datetime
) -> None:
    """Give an answer its share of the mark and the words to its learner, instead of what it had.

    The attempt is graded with the last of its answers: emits AttemptGraded then, and whenever its mark changes later.
    """
    attempt = question.attempt
    lock_attempt(attempt)
    questions = questions_of(attempt)
    asked = next(each for each in questions if each.id == question.id)
    asked.fraction = fraction
    asked.verdict = {"readings": [{"levels": dict(each.levels), "comment": each.comment} for each in readings]}
    if all(each.fraction is not None for each in questions):
        finish_attempt(attempt, questions, actor_id, now)
