"""Reads of files that were handed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.clock import today
from lms.db import db
from lms.organizations.queries.belonging import networks_of_person
from lms.quizzes.models import Attempt, AttemptQuestion, AttemptState, QuizVersion
from lms.quizzes.upload_models import Upload
from lms.security.actor import Scope
from lms.storage import needs_files
from lms.training.models import ModuleVersion


@dataclass(frozen=True)
class Handed:
    """A file of an answer, and whose it is."""

    person_id: int
    digest: str
    media_type: str
    name: str
    #: Its place among the files of its answer.
    number: int
    is_graded: bool
    seen_from: Scope

    def scope(self) -> Scope:
        """Hers; from when she submits also that of who may grade it."""
        return self.seen_from


def handed_in(upload_id: str) -> Handed | None:
    """A file by the id in its address."""
    quiz = joinedload(Attempt.quiz).joinedload(QuizVersion.module_version).joinedload(ModuleVersion.module)
    query = (
        select(Upload, AttemptQuestion, Attempt)
        .join(AttemptQuestion, AttemptQuestion.id == Upload.attempt_question_id)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(Upload.public_id == upload_id)
        .options(quiz)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    upload, question, attempt = row
    shown = [file["id"] for file in (question.answer or {}).get("files", [])]
    return Handed(
        person_id=attempt.person_id,
        digest=upload.digest,
        media_type=upload.media_type,
        name=upload.name,
        number=shown.index(upload_id) + 1 if upload_id in shown else 0,
        is_graded=attempt.submitted_at is not None and question.fraction is not None,
        seen_from=_seen_from(attempt),
    )


def _seen_from(attempt: Attempt) -> Scope:
    if attempt.state == AttemptState.OPEN:
        return attempt.scope()
    owner = attempt.quiz.scope()
    networks = owner.network_ids | networks_of_person(attempt.person_id, today())
    return Scope(person_id=attempt.person_id, network_ids=networks, site=owner.site)


@needs_files("uploads")
def handed_in_keys() -> Iterable[str]:
    """The files of all answers."""
    return db.session.scalars(select(Upload.digest))
