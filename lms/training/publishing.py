"""Publishing: a checked tree becomes a version, rendered once, in every language that it has."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.search import Entry, index_module
from lms.training.block_kinds import Segment
from lms.training.blocks import render_lesson
from lms.training.events import ModulePublished
from lms.training.media import FactsByName, facts_of, give_media
from lms.training.models import LessonText, LessonVersion, Module, ModuleVersion, VersionKind
from lms.training.rendering import RENDERER, plain_text
from lms.training.tree import Tree, canonical_tree, tree_hash

Segments = list[Segment]
#: What a correction may not change of a quiz; days, delays and the order of pages may be.
PINNED_RULES = ("pass_mark", "attempts", "time_limit", "grade_rule", "certainty", "draws")
PINNED_OF_QUESTIONS = ("id", "type", "mark", "structure", "pool")


@dataclass(frozen=True)
class Rendered:
    """A tree in canonical form with its hash and its lessons' segments: lesson key to language to segments."""

    tree: Tree
    content_hash: str
    lessons: dict[str, dict[str, Segments]]
    media: FactsByName


def render_tree(tree: Tree) -> Rendered:
    """What publishing needs and no transaction should wait for. Raises MediaError for a file that cannot be shown."""
    found = canonical_tree(tree)
    media = facts_of(found.media)
    lessons = {
        key: {code: render_lesson(part["lesson"], part["texts"][code], code, media) for code in found.languages}
        for key, part in found.lessons.items()
    }
    return Rendered(found, tree_hash(found), lessons, media)


def publish(
    module: Module,
    tree: Tree,
    *,
    kind: VersionKind,
    note: str,
    actor_id: int | None,
    now: datetime,
    rendered: Rendered | None = None,
) -> ModuleVersion:
    """Make a checked tree the module's current version and emit ModulePublished.

    Give what `render_tree` made outside of the transaction as `rendered`. A module's first version is an edition.
    Raises NotAllowed for a correction that changes more than texts.
    """
    rendered = rendered or render_tree(tree)
    previous = module.current_version
    if previous is None:
        kind = VersionKind.EDITION
    elif kind is VersionKind.CORRECTION and not is_correction(tree_of(previous), rendered.tree):
        raise NotAllowed(_("A correction changes texts only. Publish this as a new edition."))
    version = _version(module, rendered, kind, previous)
    version.note, version.published_at, version.published_by_id = note, now, actor_id
    db.session.add(version)
    db.session.flush()
    if version.edition_id is None:
        version.edition_id = version.id
    module.current_version = version
    module.titles = rendered.tree.manifest["title"]
    give_media(module, rendered.media, actor_id=actor_id, now=now)
    _store_lessons(version, rendered)
    index_module(module.id, _entries(rendered))
    emit(ModulePublished(at=now, actor_id=actor_id, module_id=module.id, version_id=version.id, kind=kind.value))
    return version


def _version(module: Module, rendered: Rendered, kind: VersionKind, previous: ModuleVersion | None) -> ModuleVersion:
    tree = rendered.tree
    last = db.session.scalar(select(func.max(ModuleVersion.number)).where(ModuleVersion.module_id == module.id))
    return ModuleVersion(
        module=module,
        number=(last or 0) + 1,
        kind=kind,
        edition_id=previous.edition_id if previous is not None and kind is VersionKind.CORRECTION else None,
        manifest=tree.manifest,
        minutes=sum(part["lesson"]["minutes"] for part in tree.lessons.values()),
        content_hash=rendered.content_hash,
        tree=tree.stored(),
    )


def _store_lessons(version: ModuleVersion, rendered: Rendered) -> None:
    for position, item in enumerate(rendered.tree.manifest["sequence"]):
        if "lesson" in item:
            lesson = _lesson_version(rendered.tree.lessons[item["lesson"]]["lesson"], position, item["required"])
            lesson.texts = [_lesson_text(code, found) for code, found in rendered.lessons[item["lesson"]].items()]
            version.lessons.append(lesson)


def _lesson_version(lesson: dict[str, Any], position: int, required: bool) -> LessonVersion:
    return LessonVersion(
        key=lesson["id"],
        position=position,
        required=required,
        minutes=lesson["minutes"],
        titles=lesson["title"],
        sources=lesson.get("source", {}),
    )


def _lesson_text(language: str, segments: Segments) -> LessonText:
    return LessonText(language=language, segments=segments, size=size_of(segments), renderer=RENDERER)


def size_of(segments: Segments) -> int:
    """Bytes of rendered segments."""
    return sum(len(words.encode()) for segment in segments for words in _strings(segment))


def _entries(rendered: Rendered) -> Iterator[Entry]:
    manifest = rendered.tree.manifest
    for code in rendered.tree.languages:
        yield Entry("", code, manifest["title"][code], manifest.get("summary", {}).get(code, ""))
        for key, segments in rendered.lessons.items():
            title = rendered.tree.lessons[key]["lesson"]["title"][code]
            yield Entry(key, code, title, plain_lesson(segments[code]))


def plain_lesson(segments: Segments) -> str:
    """The words of a lesson."""
    return "\n".join(words for segment in segments for shown in _strings(segment) if (words := plain_text(shown)))


def _strings(segment: Segment) -> Iterator[str]:
    """What a segment says: its title (as HTML), and all that its kind put beside."""
    yield html.escape(segment["title"], quote=False)
    yield from _said({name: value for name, value in segment.items() if name not in ("id", "kind", "title", "data")})


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _said(inner)


def tree_of(version: ModuleVersion) -> Tree:
    """The tree that a version was published from."""
    tree = version.tree
    return canonical_tree(Tree(version.manifest, tree["lessons"], tree["quizzes"], tree.get("media", {})))


def is_correction(old: Tree, new: Tree) -> bool:
    """Whether only texts (and marking keys) differ, and no language is lost: readers can move at once."""
    return _skeleton(old) == _skeleton(new) and set(old.languages) <= set(new.languages)


def kind_of_change(previous: ModuleVersion | None, tree: Tree) -> VersionKind:
    """What publishing a tree over a version is: a correction where it can be."""
    corrects = previous is not None and is_correction(tree_of(previous), canonical_tree(tree))
    return VersionKind.CORRECTION if corrects else VersionKind.EDITION


def _skeleton(tree: Tree) -> Any:
    """What may not change under somebody who is on her way."""
    questions = {
        key: [{name: question.get(name) for name in PINNED_OF_QUESTIONS} for question in quiz["questions"]]
        for key, quiz in tree.quizzes.items()
    }
    rules = {key: [quiz.get(name) for name in PINNED_RULES] for key, quiz in tree.quizzes.items()}
    counts = {key: {pool["id"]: pool["count"] for pool in quiz.get("pools", [])} for key, quiz in tree.quizzes.items()}
    return [tree.manifest["sequence"], questions, rules, counts]


def render_again() -> int:
    """Render anew what an older renderer made, from the trees that the versions keep; gives how many texts."""
    texts = db.session.scalars(select(LessonText).where(LessonText.renderer != RENDERER)).all()
    for text in texts:
        tree = text.lesson.version.tree
        part, media = tree["lessons"][text.lesson.key], facts_of(tree.get("media", {}))
        text.segments = render_lesson(part["lesson"], part["texts"][text.language], text.language, media)
        text.size, text.renderer = size_of(text.segments), RENDERER
    return len(texts)
