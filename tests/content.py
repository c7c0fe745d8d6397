"""Trees for tests: small, whole, in three languages; each takes what the test cares about."""

import copy
from typing import Any

from lms.training.tree import Tree

LANGUAGES = ["fa", "ar", "en"]


def texts(text: str) -> dict[str, str]:
    """The same text in every language, marked with it."""
    return {code: f"{text} ({code})" for code in LANGUAGES}


def make_lesson(key: str = "origin", blocks: list[dict[str, Any]] | None = None, **values: Any) -> dict[str, Any]:
    """A lesson of a heading and a text."""
    blocks = blocks or [{"id": "h-first", "kind": "heading"}, {"id": "opening", "kind": "text"}]
    titled = ("heading", "note", "example", "exercise")
    bodies = {
        code: {
            block["id"]: "\n".join(
                (["عنوان"] if block["kind"] in titled else []) + (["**متن** درس"] if block["kind"] != "heading" else [])
            )
            for block in blocks
            if code in block.get("languages", LANGUAGES)
        }
        for code in LANGUAGES
    }
    lesson = {"format_version": 1, "id": key, "minutes": 5, "title": texts(f"Lesson {key}"), "blocks": blocks, **values}
    return {"lesson": lesson, "texts": bodies}


def make_quiz(key: str = "final", **values: Any) -> dict[str, Any]:
    """A quiz of one question."""
    return {
        "format_version": 1,
        "id": key,
        "title": texts(f"Quiz {key}"),
        "pass_mark": 70,
        "attempts": 3,
        "shuffle": True,
        "show_key": "never",
        "questions": [
            {
                "id": "one",
                "type": "true_false",
                "mark": 1,
                "structure": {},
                "scoring": {"correct": ["true"]},
                "text": {
                    code: {"prompt": f"Is it so? {code}", "feedback": {"true": "Yes", "false": "No"}}
                    for code in LANGUAGES
                },
            }
        ],
        **values,
    }


def make_tree(key: str = "sample", lessons: tuple[str, ...] = ("origin",), **values: Any) -> Tree:
    """A module of lessons and one quiz."""
    manifest = {
        "format_version": 1,
        "id": key,
        "source_language": "fa",
        "languages": LANGUAGES,
        "title": texts("Sample"),
        "summary": texts("What it is about"),
        "sequence": [
            *({"lesson": lesson, "required": True} for lesson in lessons),
            {"quiz": "final", "required": True},
        ],
        **values,
    }
    return Tree(manifest, {lesson: make_lesson(lesson) for lesson in lessons}, {"final": make_quiz()})


def changed(tree: Tree) -> Tree:
    """A deep copy, to be changed."""
    return copy.deepcopy(tree)
