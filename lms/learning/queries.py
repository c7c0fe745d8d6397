"""What the learner's pages show beside her progress: lessons and quizzes by their titles."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from lms.db import Texts, read
from lms.kept import Kept
from lms.progress.states import Item, ModuleState
from lms.quizzes.models import QuizVersion
from lms.training.block_kinds import Segment
from lms.training.models import LessonText, LessonVersion, PartKind

MOST_KEPT = 512


@dataclass(frozen=True)
class Part:
    """A lesson or quiz of a module, ready to be listed."""

    item: Item
    titles: Texts
    #: Lesson: minutes to read; quiz: nothing.
    minutes: int | None
    #: Quiz: its public id; lesson: its key.
    address: str


@dataclass(frozen=True)
class _Head:
    """What a list shows of a lesson or quiz of a version."""

    titles: Texts
    minutes: int | None
    address: str


_Heads = dict[tuple[PartKind, str], _Head]
# Versions never change: what lists and lessons show of them stays in memory, by the version's UUID.
_heads: Kept[_Heads] = Kept(MOST_KEPT)
_LESSONS = select(LessonVersion.key, LessonVersion.titles, LessonVersion.minutes).where(
    LessonVersion.module_version_id == bindparam("version")
)
_QUIZZES = select(QuizVersion.key, QuizVersion.titles, QuizVersion.public_id).where(
    QuizVersion.module_version_id == bindparam("version")
)


def _read_heads(version_id: int) -> _Heads:
    lessons = {
        (PartKind.LESSON, row.key): _Head(row.titles, row.minutes, row.key)
        for row in read(_LESSONS, version=version_id)
    }
    quizzes = {
        (PartKind.QUIZ, row.key): _Head(row.titles, None, row.public_id) for row in read(_QUIZZES, version=version_id)
    }
    return lessons | quizzes


def parts_of(state: ModuleState) -> list[Part]:
    """The parts of the version that she reads, in order."""
    heads = _heads.get(state.version_uid)
    if heads is None:
        heads = _heads.keep(state.version_uid, _read_heads(state.version_id))
    found = ((item, heads.get((item.kind, item.key))) for item in state.items)
    return [Part(item, head.titles, head.minutes, head.address) for item, head in found if head]


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


_readings: Kept[Reading] = Kept(MOST_KEPT)
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


def reading_of(state: ModuleState, lesson_key: str, language: str) -> Reading | None:
    """A lesson of the version that she reads in `language`, else in the first language that it has."""
    name = (state.version_uid, lesson_key, language)
    found = _readings.get(name)
    if found is None:
        found = _read_lesson(state.version_id, lesson_key, language)
        if found is not None:
            _readings.keep(name, found)
    return found


def _read_lesson(version_id: int, lesson_key: str, language: str) -> Reading | None:
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
