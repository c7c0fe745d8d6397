"""What the learner's pages show beside her progress: lessons and quizzes by their titles."""

from dataclasses import dataclass

from sqlalchemy import select

from lms.db import Texts, db
from lms.progress.queries import Item, ModuleState
from lms.quizzes.models import QuizVersion
from lms.training.models import LessonText, LessonVersion, PartKind


@dataclass(frozen=True)
class Part:
    """A lesson or quiz of a module, ready to be listed."""

    item: Item
    titles: Texts
    #: Lesson: minutes to read; quiz: nothing.
    minutes: int | None
    #: Quiz: its public id; lesson: its key.
    address: str


def parts_of(state: ModuleState) -> list[Part]:
    """The parts of the version that she reads, in order."""
    lessons = {
        row.key: row
        for row in db.session.execute(
            select(LessonVersion.key, LessonVersion.titles, LessonVersion.minutes).where(
                LessonVersion.module_version_id == state.version_id
            )
        )
    }
    quizzes = {
        row.key: row
        for row in db.session.execute(
            select(QuizVersion.key, QuizVersion.titles, QuizVersion.public_id).where(
                QuizVersion.module_version_id == state.version_id
            )
        )
    }
    return [
        Part(item, lessons[item.key].titles, lessons[item.key].minutes, item.key)
        if item.kind is PartKind.LESSON
        else Part(item, quizzes[item.key].titles, None, quizzes[item.key].public_id)
        for item in state.items
        if item.key in (lessons if item.kind is PartKind.LESSON else quizzes)
    ]


@dataclass(frozen=True)
class Reading:
    """A lesson in one language, ready to be read."""

    key: str
    titles: Texts
    sources: Texts
    minutes: int
    language: str
    segments: list[dict[str, str]]
    size: int
    languages: list[str]


def reading_of(version_id: int, lesson_key: str, language: str) -> Reading | None:
    """The lesson in `language`, else in the first language that it has."""
    rows = db.session.execute(
        select(
            LessonVersion.key,
            LessonVersion.titles,
            LessonVersion.sources,
            LessonVersion.minutes,
            LessonText.language,
            LessonText.segments,
            LessonText.size,
        )
        .join(LessonText, LessonText.lesson_version_id == LessonVersion.id)
        .where(LessonVersion.module_version_id == version_id, LessonVersion.key == lesson_key)
        .order_by(LessonText.id)
    ).all()
    if not rows:
        return None
    row = next((row for row in rows if row.language == language), rows[0])
    return Reading(
        row.key,
        row.titles,
        row.sources,
        row.minutes,
        row.language,
        row.segments,
        row.size,
        [other.language for other in rows],
    )
