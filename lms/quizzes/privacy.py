"""What is kept of a person's quizzes: how it is exported and erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import null, select, update

from lms.accounts.models import Person
from lms.accounts.privacy import register_eraser, register_exporter
from lms.db import db, text_of
from lms.i18n import language
from lms.i18n import lazy_gettext as _
from lms.quizzes.models import Attempt, AttemptQuestion, QuestionVersion, QuizVersion, Response
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.question_types import Answer, all_types, find_type, shown_language
from lms.quizzes.services.uploading import drop_upload
from lms.quizzes.statistics.counting import uncount_person
from lms.quizzes.upload_models import Upload
from lms.training.models import Module

ATTEMPT_LABELS = {
    "quiz": _("Quiz"),
    "attempt": _("Attempt"),
    "started_at": _("Started at"),
    "submitted_at": _("Submitted at"),
    "mark": _("Mark"),
    "of": _("Highest mark"),
    "passed": _("Passed"),
}
ANSWER_LABELS = {
    "quiz": _("Quiz"),
    "attempt": _("Attempt"),
    "question": _("Question"),
    "answer": _("Answer"),
    "certainty": _("Certainty"),
    "received_at": _("Received at"),
    "device": _("Device"),
}


ALLOWANCE_LABELS = {
    "module": _("Module"),
    "given_at": _("Given at"),
    "minutes": _("Extra minutes"),
    "attempts": _("Extra attempts"),
    "closes_on": _("Last day"),
    "reason": _("Reason"),
}


def attempts_of(person: Person) -> list[dict[str, Any]]:
    """Her attempts, the first one first."""
    rows = db.session.execute(
        select(Attempt, QuizVersion.titles)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(Attempt.person_id == person.id)
        .order_by(Attempt.id)
    )
    return [
        {
            "quiz": text_of(titles, language()),
            "attempt": attempt.number,
            "started_at": attempt.occurred_at,
            "submitted_at": attempt.submitted_at,
            "mark": attempt.mark,
            "of": attempt.max_mark,
            "passed": attempt.passed,
        }
        for attempt, titles in rows
    ]


def answers_of(person: Person) -> list[dict[str, Any]]:
    """Everything that the server received from her, in its order, those answers too that did not stand."""
    rows = db.session.execute(
        select(
            QuizVersion.titles,
            Attempt.number,
            QuestionVersion.type,
            QuestionVersion.text,
            Response.answer,
            Response.certainty,
            Response.recorded_at,
            Response.device,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(AttemptQuestion, AttemptQuestion.id == Response.attempt_question_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.question_version_id)
        .where(Attempt.person_id == person.id)
        .order_by(Response.id)
    )
    return [
        {
            "quiz": text_of(titles, language()),
            "attempt": number,
            "question": text[shown_language(text, language())]["prompt"],
            "answer": _in_words(kind, answer, text[shown_language(text, language())]),
            "certainty": certainty,
            "received_at": received_at,
            "device": device,
        }
        for titles, number, kind, text, answer, certainty, received_at, device in rows
    ]


def _in_words(type_key: str, answer: Answer | None, text: dict[str, Any]) -> str:
    kind = find_type(type_key)
    if answer is None or kind is None:
        return ""
    return "; ".join(kind.describe(answer, text))


def forget_words(person: Person, _now: datetime) -> None:
    """Take away what she wrote in her own words; what it was worth stays, and so do choices and numbers."""
    written = [kind.key for kind in all_types() if kind.free_text]
    hers = (
        select(AttemptQuestion.id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.question_version_id)
        .where(Attempt.person_id == person.id, QuestionVersion.type.in_(written))
    )
    in_place = {"synchronize_session": False}
    attempts = select(Attempt.id).where(Attempt.person_id == person.id)
    db.session.execute(
        update(Response)
        .where(Response.attempt_id.in_(attempts), Response.attempt_question_id.in_(hers))
        .values(answer=null()),
        execution_options=in_place,
    )
    db.session.execute(
        update(AttemptQuestion).where(AttemptQuestion.id.in_(hers)).values(answer=null(), verdict=null()),
        execution_options=in_place,
    )


def forget_files(person: Person, now: datetime) -> None:
    """Take away the files that she handed in."""
    hers = (
        select(Upload)
        .join(AttemptQuestion, AttemptQuestion.id == Upload.attempt_question_id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(Attempt.person_id == person.id)
    )
    for upload in db.session.scalars(hers):
        drop_upload(upload, now)


def allowances_of(person: Person) -> list[dict[str, Any]]:
    """What she was given herself at quizzes, and why."""
    found = db.session.execute(
        select(Accommodation, Module.titles)
        .join(Module, Module.id == Accommodation.module_id)
        .where(Accommodation.person_id == person.id)
        .order_by(Accommodation.id)
    )
    return [
        {
            "module": text_of(titles, language()),
            "given_at": given.created_at,
            "minutes": given.extra_minutes,
            "attempts": given.extra_attempts,
            "closes_on": given.closes_on,
            "reason": given.reason,
        }
        for given, titles in found
    ]


def forget_reasons(person: Person, _now: datetime) -> None:
    """Empty what was written of why she was given more."""
    db.session.execute(
        update(Accommodation).where(Accommodation.person_id == person.id).values(reason=""),
        execution_options={"synchronize_session": False},
    )


def register_privacy() -> None:
    """Add attempts and answers to every download, and what was written in words to every erasing."""
    register_exporter("attempts", attempts_of, title=_("Quiz attempts"), labels=ATTEMPT_LABELS)
    register_exporter("answers", answers_of, title=_("Answers"), labels=ANSWER_LABELS)
    register_exporter("allowances", allowances_of, title=_("Allowances at quizzes"), labels=ALLOWANCE_LABELS)
    # Before the words go: what was counted of them is taken out by what is kept of it.
    register_eraser(uncount_person)
    register_eraser(forget_words)
    register_eraser(forget_files)
    register_eraser(forget_reasons)
