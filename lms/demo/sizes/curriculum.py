"""The twelve modules of a sized demonstration: what is published already, and made ones up to twelve."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.db import Texts, db, write_unit
from lms.demo.sizes.texts import (
    CHOICE,
    KIT_SUMMARIES,
    KIT_TITLES,
    LESSONS,
    QUIZ_TITLES,
    STATEMENT,
    SUMMARY,
    TOPICS,
)
from lms.formats import LANGUAGES
from lms.reports.queries.modules import modules_of
from lms.training.models import Kit, KitModule, Module
from lms.training.publishing import render_tree
from lms.training.services import import_module
from lms.training.tree import FORMAT_VERSION, Tree

MODULES = 12
KIT, QUIZ = "sample", "short"


@dataclass(frozen=True)
class Course:
    """What of a published module the facts of a person name."""

    module_id: int
    version_id: int
    lessons: tuple[str, ...]
    #: Key of its quiz; empty where it has none.
    quiz: str
    #: Whether an entry quiz asks before the lessons.
    has_entry: bool = False


def publish_courses(network_id: int, now: datetime) -> list[Course]:
    """Publish modules of the site until a network's report has twelve, in kits whose modules open one after another."""
    there = modules_of(network_id)[:MODULES]
    made = []
    for number, topic in enumerate(TOPICS[len(there) : MODULES], len(there)):
        rendered = render_tree(tree_of_topic(*topic, with_quiz=number % 2 == 1))
        with write_unit():
            version = import_module(rendered, update=False, actor_id=None, now=now)
        assert version is not None
        made.append(version.module_id)
    with write_unit() as session:
        kit = Kit(key=KIT, titles=KIT_TITLES, summaries=KIT_SUMMARIES, position=1)
        session.add(kit)
        session.flush()
        for position, module_id in enumerate(made):
            after = made[position - 1 : position]
            session.add(KitModule(kit_id=kit.id, module_id=module_id, position=position, after=after))
    return [_course(module_id) for module_id in (*(each.id for each in there), *made)]


def _course(module_id: int) -> Course:
    version = db.session.scalars(select(Module).where(Module.id == module_id)).one().current_version
    assert version is not None
    sequence = version.manifest["sequence"]
    lessons = tuple(item["lesson"] for item in sequence if "lesson" in item)
    quizzes = [item for item in sequence if "quiz" in item]
    counts = next((item["quiz"] for item in quizzes if "before" not in item), "")
    return Course(module_id, version.id, lessons, counts, any("before" in item for item in quizzes))


def tree_of_topic(key: str, *titles: str, with_quiz: bool) -> Tree:
    """A module on a topic, with its titles in Persian, Arabic and English."""
    topic = dict(zip(LANGUAGES, titles, strict=True))
    sequence: list[dict[str, Any]] = [{"lesson": lesson[0], "required": True} for lesson in LESSONS]
    if with_quiz:
        sequence.append({"quiz": QUIZ, "required": True})
    manifest = {
        "format_version": FORMAT_VERSION,
        "id": f"sample-{key}",
        "source_language": "fa",
        "languages": list(LANGUAGES),
        "title": topic,
        "summary": _on(SUMMARY, topic),
        "sequence": sequence,
    }
    return Tree(manifest, dict(_lesson(*each, topic) for each in LESSONS), {QUIZ: _quiz(topic)} if with_quiz else {})


def _on(texts: Texts, topic: Texts) -> Texts:
    return {code: text.format(topic=topic[code]) for code, text in texts.items()}


def _lesson(key: str, titles: Texts, said: Texts, items: Texts, topic: Texts) -> tuple[str, dict[str, Any]]:
    blocks = [{"id": "opening", "kind": "text"}, {"id": "points", "kind": "list"}]
    lesson = {"format_version": FORMAT_VERSION, "id": key, "minutes": 5, "title": titles, "blocks": blocks}
    spoken = _on(said, topic)
    return key, {
        "lesson": lesson,
        "texts": {code: {"opening": spoken[code], "points": items[code]} for code in LANGUAGES},
    }


def _quiz(topic: Texts) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "id": QUIZ,
        "title": QUIZ_TITLES,
        "pass_mark": 50,
        "attempts": 0,
        "shuffle": True,
        "show_key": "after_last_attempt",
        "questions": [_choice(topic), _statement(topic)],
    }


def _choice(topic: Texts) -> dict[str, Any]:
    return {
        "id": "first",
        "type": "single_choice",
        "mark": 1,
        "structure": {"options": ["a", "b", "c"]},
        "scoring": {"correct": ["a"]},
        "text": {
            code: {"prompt": prompt.format(topic=topic[code]), "options": dict(zip("abc", options, strict=True))}
            for code, (prompt, *options) in CHOICE.items()
        },
    }


def _statement(topic: Texts) -> dict[str, Any]:
    prompts = _on(STATEMENT, topic)
    return {
        "id": "independence",
        "type": "true_false",
        "mark": 1,
        "structure": {},
        "scoring": {"correct": ["false"]},
        "text": {code: {"prompt": prompts[code]} for code in LANGUAGES},
    }
