"""What graders said of a person's answers: how it is exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.sql.selectable import Select

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.db import db, text_of
from lms.grading.models import GradingTask, Stage, Verdict
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.quizzes.models import Attempt, AttemptQuestion, QuizVersion

LABELS = {
    "quiz": _("Quiz"),
    "attempt": _("Attempt"),
    "graded_at": _("Graded at"),
    "mark": _("Mark"),
    "of": _("Highest mark"),
    "comment": _("Comment"),
}


def verdicts_of(person: Person) -> list[dict[str, Any]]:
    """What graders said of her answers, the first one first; who they were is not hers to know."""
    rows = db.session.execute(
        select(QuizVersion.titles, Attempt.number, AttemptQuestion.mark, Verdict)
        .join(Attempt, Attempt.quiz_version_id == QuizVersion.id)
        .join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
        .join(GradingTask, GradingTask.attempt_question_id == AttemptQuestion.id)
        .join(Verdict, Verdict.task_id == GradingTask.id)
        .where(Attempt.person_id == person.id, GradingTask.stage == Stage.DONE)
        .order_by(Verdict.id)
    )
    return [
        {
            "quiz": text_of(titles, language()),
            "attempt": number,
            "graded_at": verdict.created_at,
            "mark": verdict.fraction * mark,
            "of": mark,
            "comment": verdict.comment,
        }
        for titles, number, mark, verdict in rows
    ]


def forget_answers(person: Person, _now: datetime) -> None:
    """Take what was said of her answers; those that still waited leave the queue, as there is nothing to read."""
    in_place = {"synchronize_session": False}
    said = update(Verdict).where(Verdict.task_id.in_(_hers(person))).values(comment="", reason="")
    db.session.execute(said, execution_options=in_place)
    waiting = _hers(person).where(GradingTask.stage != Stage.DONE)
    db.session.execute(delete(Verdict).where(Verdict.task_id.in_(waiting)), execution_options=in_place)
    db.session.execute(delete(GradingTask).where(GradingTask.id.in_(waiting)), execution_options=in_place)


def _hers(person: Person) -> Select[int]:
    return (
        select(GradingTask.id).join(Attempt, Attempt.id == GradingTask.attempt_id).where(Attempt.person_id == person.id)
    )


def register_privacy() -> None:
    """Add verdicts to every download and every erasing."""
    register_exporter("verdicts", verdicts_of, title=_("What graders said"), labels=LABELS)
    register_eraser(forget_answers)
