"""The kinds of blocks that a lesson is made of, and how one is rendered."""

from dataclasses import dataclass
from typing import Any

from lms.training.rendering import render_markdown


@dataclass(frozen=True)
class BlockKind:
    """Whether a block's first line is its title, and whether there is Markdown after it."""

    name: str
    titled: bool = False
    markdown: bool = True


BLOCK_KINDS = {
    kind.name: kind
    for kind in (
        BlockKind("heading", titled=True, markdown=False),
        BlockKind("text"),
        BlockKind("note", titled=True),
        BlockKind("quote"),
        BlockKind("example", titled=True),
        BlockKind("exercise", titled=True),
    )
}


def title_and_body(kind: BlockKind, text: str) -> tuple[str, str]:
    """A block's text cut into its title (plain) and its Markdown."""
    if not kind.titled:
        return "", text
    title, _line_end, body = text.partition("\n")
    return title.strip(), body.strip("\n")


def render_block(block: dict[str, Any], text: str, language: str) -> dict[str, str]:
    """The segment of a block: its id, kind, title (plain text) and sanitized HTML."""
    kind = BLOCK_KINDS[block["kind"]]
    title, body = title_and_body(kind, text)
    html = render_markdown(body, language) if kind.markdown else ""
    return {"id": block["id"], "kind": kind.name, "title": title, "html": html}


def render_lesson(lesson: dict[str, Any], texts: dict[str, str], language: str) -> list[dict[str, str]]:
    """The segments of a lesson in one language, in order; blocks that are not for it are left out."""
    return [render_block(block, texts[block["id"]], language) for block in lesson["blocks"] if is_for(block, language)]


def is_for(block: dict[str, Any], language: str) -> bool:
    """Whether a block is for the readers of a language."""
    return language in block.get("languages", (language,))
