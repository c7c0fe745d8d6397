"""What the learner's pages show beside her progress: lessons and quizzes by their titles."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from lms.db import Texts, read
from lms.progress.queries import Item, ModuleState
from lms.quizzes.models import QuizVersion
from lms.training.block_kinds import Segment
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


_LESSONS = select(LessonVersion.key, LessonVersion.titles, LessonVersion.minutes).where(
    LessonVersion.module_version_id == bindparam("version")
)
_QUIZZES = select(QuizVersion.key, QuizVersion.titles, QuizVersion.public_id).where(
    QuizVersion.module_version_id == bindparam("version")
)


def parts_of(state: ModuleState) -> list[Part]:
    """The parts of the version that she reads, in order."""
    lessons = {row.key: row for row in read(_LESSONS, version=state.version_id)}
    quizzes = {row.key: row for row in read(_QUIZZES, version=state.version_id)}
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
    segments: list[Segment]
    size: int
    languages: list[str]


_READING = (
    select(
        LessonVersion.key,
        LessonVersion.titles,
        LessonVersion.sources,
        LessonVersion.minutes,
        LessonText.language,
        LessonText.size,
        LessonText.id,
    )
    .join(LessonText, LessonText.lesson_version_id == LessonVersion.id)
    .where(LessonVersion.module_version_id == bindparam("version"), LessonVersion.key == bindparam("lesson"))
    .order_by(LessonText.id)
)
_SEGMENTS = select(LessonText.segments).where(LessonText.id == bindparam("text"))


def reading_of(version_id: int, lesson_key: str, language: str) -> Reading | None:
    """The lesson in `language`, else in the first language that it has."""
    rows = read(_READING, version=version_id, lesson=lesson_key).all()
    if not rows:
        return None
    row = next((row for row in rows if row.language == language), rows[0])
    return Reading(
        row.key,
        row.titles,
        row.sources,
        row.minutes,
        row.language,
        read(_SEGMENTS, text=row.id).scalar_one(),
        row.size,
        [other.language for other in rows],
    )
