"""A lesson's text in one language: one fence a block, `::: id`."""

import re

from lms.i18n import gettext as _
from lms.text import clean_text

_FENCE = re.compile(r"::: (\S+)[ \t]*")
#: A line of the text itself that begins like a fence stands with a backslash more in the file.
_TO_ESCAPE = re.compile(r"^(\\*:::)", re.MULTILINE)
_ESCAPED = re.compile(r"^\\(\\*:::)", re.MULTILINE)
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")


class FenceError(ValueError):
    """A file of blocks that cannot be read; the message says why."""


def read_blocks(text: str) -> dict[str, str]:
    """Block id to its text, in the order of the file.

    Raises FenceError for text before the first fence and for an id that stands twice.
    """
    blocks: dict[str, list[str]] = {}
    current: list[str] = []
    for line in clean_text(text).split("\n"):
        fence = _FENCE.fullmatch(line)
        if fence is None:
            if not blocks and line.strip():
                raise FenceError(_("text stands before the first block: %(text)s", text=line[:40]))
            current.append(line)
            continue
        if fence[1] in blocks:
            raise FenceError(_("block %(id)s stands twice", id=fence[1]))
        current = blocks[fence[1]] = []
    return {key: clean_body(_ESCAPED.sub(r"\1", "\n".join(lines))) for key, lines in blocks.items()}


def write_blocks(blocks: dict[str, str]) -> str:
    """The file of these blocks."""
    return "\n".join(f"::: {key}\n{_escaped(clean_body(text))}\n" for key, text in blocks.items())


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(r"\\\1", text)


def clean_body(text: str) -> str:
    """A block's text as it is stored: without blank lines before it and white space after it."""
    return _BLANK_START.sub("", clean_text(text)).rstrip()
