"""Writes of progress: beginning a module, reading its lessons, completing it."""

from datetime import datetime

from sqlalchemy import select, update

from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.progress.events import Enrolled, LessonCompleted, ModuleCompleted
from lms.progress.models import Enrolment, LessonCompletion, ModuleCompletion
from lms.progress.rule import passed_quizzes, required_keys
from lms.training.models import Module, ModuleVersion, PartKind, VersionKind


def enrolment_of(person_id: int, module_id: int) -> Enrolment | None:
    """A person's enrolment in a module, if she began it."""
    return db.session.scalars(
        select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.module_id == module_id)
    ).one_or_none()


def enrol(person_id: int, module: Module, now: datetime) -> Enrolment:
    """Begin a module on its current version; who began it already goes on where she was.

    Raises NotAllowed while nothing of the module is published.
    """
    enrolment = enrolment_of(person_id, module.id)
    if enrolment is not None:
        return enrolment
    if module.current_version_id is None:
        raise NotAllowed(_("This module is not published yet."))
    enrolment = Enrolment(
        person_id=person_id, module_id=module.id, version_id=module.current_version_id, occurred_at=now, last_at=now
    )
    db.session.add(enrolment)
    db.session.flush()
    emit(Enrolled(now, person_id, person_id, module.id, enrolment.version_id))
    return enrolment


def note_place(enrolment: Enrolment, place: str, now: datetime) -> None:
    """Remember where she is ("lesson/<key>#<block>"), so that she resumes there on any device."""
    enrolment.last_place = place[:120]
    enrolment.last_at = now


def complete_lesson(enrolment: Enrolment, lesson_key: str, language: str, now: datetime) -> None:
    """Note that she read a lesson; the first time counts. Completes the module where that was the last thing.

    Raises NotAllowed where her version has no such lesson.
    """
    if lesson_key not in {item.get("lesson") for item in enrolment.version.manifest["sequence"]}:
        raise NotAllowed(_("This lesson is not part of the version that you read."))
    enrolment.last_at = now
    known = select(LessonCompletion.id).where(
        LessonCompletion.person_id == enrolment.person_id,
        LessonCompletion.module_id == enrolment.module_id,
        LessonCompletion.lesson_key == lesson_key,
    )
    if db.session.scalar(known) is None:
        db.session.add(
            LessonCompletion(
                person_id=enrolment.person_id,
                module_id=enrolment.module_id,
                lesson_key=lesson_key,
                version_id=enrolment.version_id,
                language=language,
                occurred_at=now,
            )
        )
        db.session.flush()
        emit(LessonCompleted(now, enrolment.person_id, enrolment.person_id, enrolment.module_id, lesson_key, language))
    complete_if_done(enrolment, language, now)


def _average(scores: list[float]) -> float | None:
    return sum(scores) / len(scores) if scores else None


def complete_if_done(enrolment: Enrolment, language: str, now: datetime) -> ModuleCompletion | None:
    """Store the completion when the rule of her version is met and it was not before."""
    version = enrolment.version
    edition_id = version.edition_id or version.id
    scores = passed_quizzes(enrolment.person_id, edition_id)
    quizzes = required_keys(version.manifest, PartKind.QUIZ)
    if not quizzes <= scores.keys() or not required_keys(version.manifest, PartKind.LESSON) <= read_lessons(enrolment):
        return None
    if _has_completed(enrolment, edition_id):
        return None
    completion = ModuleCompletion(
        person_id=enrolment.person_id,
        module_id=enrolment.module_id,
        version_id=version.id,
        edition_id=edition_id,
        language=language,
        score=_average([score for key in quizzes if (score := scores[key]) is not None]),
        occurred_at=now,
    )
    db.session.add(completion)
    db.session.flush()
    emit(
        ModuleCompleted(
            now,
            enrolment.person_id,
            enrolment.person_id,
            enrolment.module_id,
            version.id,
            edition_id,
            language,
            completion.id,
        )
    )
    return completion


def _has_completed(enrolment: Enrolment, edition_id: int) -> bool:
    known = select(ModuleCompletion.id).where(
        ModuleCompletion.person_id == enrolment.person_id,
        ModuleCompletion.module_id == enrolment.module_id,
        ModuleCompletion.edition_id == edition_id,
    )
    return db.session.scalar(known) is not None


def read_lessons(enrolment: Enrolment) -> set[str]:
    """Keys of the lessons of this module that she has read, in any version."""
    return set(
        db.session.scalars(
            select(LessonCompletion.lesson_key).where(
                LessonCompletion.person_id == enrolment.person_id,
                LessonCompletion.module_id == enrolment.module_id,
            )
        )
    )


def move_to_current(enrolment: Enrolment, language: str, now: datetime) -> None:
    """Move a learner to the module's newest version, because she chose to."""
    newest = enrolment.module.current_version
    if newest is None or newest.id == enrolment.version_id:
        return
    enrolment.version = newest
    enrolment.last_at = now
    db.session.flush()
    complete_if_done(enrolment, language, now)


def follow_correction(version: ModuleVersion) -> None:
    """Move every reader of an edition to its newest correction."""
    if version.kind != VersionKind.CORRECTION:
        return
    of_edition = select(ModuleVersion.id).where(ModuleVersion.edition_id == version.edition_id)
    db.session.execute(
        update(Enrolment)
        .where(Enrolment.module_id == version.module_id, Enrolment.version_id.in_(of_edition))
        .values(version_id=version.id)
    )
