"""What grading does when an attempt is submitted, and when all of one is graded."""

from typing import Any

from lms.db import db
from lms.grading.messages import tell_learner
from lms.grading.notices import tell_in_product
from lms.grading.queries import was_graded_by_people
from lms.grading.services import make_tasks
from lms.quizzes.events import AttemptGraded, AttemptSubmitted
from lms.quizzes.models import Attempt


def on_attempt_submitted(_sender: Any, event: AttemptSubmitted) -> None:
    """Its answers go to the queue."""
    make_tasks(event.attempt_id, event.at)


def on_attempt_graded(_sender: Any, event: AttemptGraded) -> None:
    """Who waited for it is told, and whose mark is another now."""
    if event.at_once:
        return
    by_people = was_graded_by_people(event.attempt_id)
    if not by_people and not event.again:
        return
    attempt = db.session.get_one(Attempt, event.attempt_id)
    tell_in_product(attempt, again=event.again, now=event.at)
    if by_people:
        tell_learner(attempt)


def listen() -> None:
    """Connect; connecting again changes nothing."""
    AttemptSubmitted.signal.connect(on_attempt_submitted)
    AttemptGraded.signal.connect(on_attempt_graded)
