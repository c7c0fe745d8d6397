"""Blocks of a lesson, rendered: each becomes a segment."""

from typing import Any

from lms.training.block_kinds import Segment, Source, find_kind


def source_of(block: dict[str, Any], text: str, language: str) -> Source:
    """A block of lesson.json with its text in one language."""
    return Source(text, language, block.get("data", {}))


def render_block(block: dict[str, Any], text: str, language: str) -> Segment:
    """The segment of a block; of a kind whose plugin is gone, its text."""
    kind = find_kind(block["kind"]) or find_kind("text")
    assert kind is not None
    return {"id": block["id"], "kind": block["kind"], **kind.render(source_of(block, text, language))}


def render_lesson(lesson: dict[str, Any], texts: dict[str, str], language: str) -> list[Segment]:
    """The segments of a lesson in one language, in order; blocks that are not for it are left out."""
    return [render_block(block, texts[block["id"]], language) for block in lesson["blocks"] if is_for(block, language)]


def is_for(block: dict[str, Any], language: str) -> bool:
    """Whether a block is for the readers of a language."""
    return language in block.get("languages", (language,))
