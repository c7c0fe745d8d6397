"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

Piece = tuple[str, str]
"""("same" | "ins" | "del" | "gap", text)"""

_WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 3000
AROUND = 12
"""Words of the unchanged text that are shown beside a change."""


def plain(body: Any) -> str:
    """The words of a text's body, whatever its shape, a line each."""
    if isinstance(body, str):
        return body
    if isinstance(body, dict):
        return "\n".join(filter(None, (plain(value) for value in body.values())))
    if isinstance(body, list):
        return "\n".join(filter(None, (plain(value) for value in body)))
    return ""


@lru_cache(maxsize=256)
def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of `new` and what it lost of `old`; long unchanged stretches are gaps.

    Very long texts are compared line by line.
    """
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces += _same(before[a1:a2], first=not pieces, last=a2 == len(before))
            continue
        pieces += [piece for piece in (("del", "".join(before[a1:a2])), ("ins", "".join(after[b1:b2]))) if piece[1]]
    return tuple(pieces)


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)


def _same(words: list[str], *, first: bool, last: bool) -> Iterator[Piece]:
    if len(words) <= 2 * AROUND + 2:
        yield "same", "".join(words)
        return
    if not first:
        yield "same", "".join(words[:AROUND])
    yield "gap", "…"
    if not last:
        yield "same", "".join(words[-AROUND:])
