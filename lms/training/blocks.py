"""Blocks of a lesson, rendered: each becomes a segment."""

from collections.abc import Mapping
from typing import Any

from lms.media import Facts
from lms.training.block_kinds import Segment, Source, find_kind


def source_of(block: dict[str, Any], text: str, language: str, media: Mapping[str, Facts] | None = None) -> Source:
    """A block of lesson.json with its text in one language, and the module's files by name."""
    return Source(text, language, block.get("data", {}), media or {})


def render_block(block: dict[str, Any], text: str, language: str, media: Mapping[str, Facts] | None = None) -> Segment:
    """The segment of a block; of a kind whose plugin is gone, its text."""
    kind = find_kind(block["kind"]) or find_kind("text")
    assert kind is not None
    return {"id": block["id"], "kind": block["kind"], **kind.render(source_of(block, text, language, media))}


def render_lesson(
    lesson: dict[str, Any], texts: dict[str, str], language: str, media: Mapping[str, Facts] | None = None
) -> list[Segment]:
    """The segments of a lesson in one language, in order; blocks that are not for it are left out."""
    wanted = (block for block in lesson["blocks"] if is_for(block, language))
    return [render_block(block, texts[block["id"]], language, media) for block in wanted]


def is_for(block: dict[str, Any], language: str) -> bool:
    """Whether a block is for the readers of a language."""
    return language in block.get("languages", (language,))
