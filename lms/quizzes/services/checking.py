"""Having one answer judged before the attempt is submitted, where the quiz gives feedback with each question."""

from datetime import datetime

from sqlalchemy import exists, update

from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuestionVersion
from lms.quizzes.policies import Feedback
from lms.quizzes.question_types import all_types


def check_answer(attempt: Attempt, position: int, now: datetime) -> None:
    """Judge the answer that stands: from now on it cannot be changed. One that was judged, or is none, stays as it is.

    Raises NotAllowed where the quiz does not do so.
    """
    if attempt.quiz.feedback != Feedback.EACH_QUESTION:
        raise NotAllowed(_("This quiz tells at its end what answers are worth."))
    judged = [kind.key for kind in all_types() if kind.marked and not kind.by_hand]
    db.session.execute(
        update(AttemptQuestion)
        .where(
            AttemptQuestion.attempt_id == attempt.id,
            AttemptQuestion.position == position,
            AttemptQuestion.answer.is_not(None),
            AttemptQuestion.checked_at.is_(None),
            exists().where(Attempt.id == attempt.id, Attempt.state == AttemptState.OPEN),
            exists().where(QuestionVersion.id == AttemptQuestion.question_version_id, QuestionVersion.type.in_(judged)),
        )
        .values(checked_at=now)
        .execution_options(synchronize_session=False)
    )
