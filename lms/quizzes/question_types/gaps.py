"""The gaps of a gap fill question as written: reading them, and finding them in a passage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.quizzes.question_types.parts import MOST_PARTS, RESERVED
from lms.quizzes.question_types.reading import ID, ids_of, mapping_of

TYPED, CHOSEN = "typed", "chosen"
MARK = re.compile(r"\[\[([a-z][a-z0-9-]{0,39})\]\]")
"""A gap in a passage."""
_TAG_OR_MARK = re.compile(rf"<[^>]*>|{MARK.pattern}")


@dataclass(frozen=True)
class Gap:
    """One gap: whether its answer is typed, and the ids of its accepted answers or of the options to choose from."""

    id: str
    typed: bool
    answers: list[str]


def gaps_of(structure: Mapping[str, Any]) -> list[Gap]:
    """The gaps of a structure; those that are none are left out."""
    found = structure.get("gaps")
    rows = [mapping_of(row) for row in found] if isinstance(found, list) else []
    gaps = {gap.id: gap for row in rows if (gap := _gap(row)) is not None}
    return list(gaps.values())[:MOST_PARTS]


def _gap(row: Mapping[str, Any]) -> Gap | None:
    key, kind = row.get("id"), row.get("kind")
    if not isinstance(key, str) or not ID.fullmatch(key) or key in RESERVED or kind not in (TYPED, CHOSEN):
        return None
    return Gap(key, kind == TYPED, ids_of(row.get("answers")))


def mark_of(gap: str) -> str:
    """A gap as a passage names it, kept together among letters that run the other way."""
    return f"\u2066[[{gap}]]\u2069"


def marks_in(passage: str) -> list[str]:
    """The gaps that a passage names, in its order."""
    return MARK.findall(passage)


def pieces_of(html: str) -> list[tuple[str, str]]:
    """A rendered passage in pieces: what is said, and the gap that comes after it ("" at the end)."""
    pieces, said, at = [], "", 0
    for found in _TAG_OR_MARK.finditer(html):
        said += html[at : found.start()]
        at = found.end()
        if found[1] is None:
            said += found[0]
        else:
            pieces.append((said, found[1]))
            said = ""
    return [*pieces, (said + html[at:], "")]
