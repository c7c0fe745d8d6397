"""Questions that say nearly the same: told by their folded words, whatever their spelling."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz, process

from lms.text import answer_key

Key = TypeVar("Key", int, str)
ALIKE = 86
"""From this likeness on, of 100, two questions are near duplicates."""
SHORTEST = 8
"""Letters below which words are too few to be told apart."""
MOST = 1500
"""How many questions are compared with one another."""


def near(text: str, known: Mapping[Key, str]) -> Key | None:
    """Which of the known texts, by folded words, is nearly this one."""
    key = answer_key(text)
    if len(key) < SHORTEST:
        return None
    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[2] if found else None


def folded(texts: Mapping[Key, str]) -> dict[Key, str]:
    """Texts as `near` compares them; those too short to be told apart left out."""
    keys = {key: answer_key(text) for key, text in texts.items()}
    return {key: text for key, text in keys.items() if len(text) >= SHORTEST}


def pairs(texts: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """All pairs that are nearly the same, by their ids."""
    known = folded(dict(texts[:MOST]))
    found = []
    seen: dict[int, str] = {}
    for key, text in known.items():
        hits = process.extract(text, seen, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
        found += [(other, key) for _text, _score, other in hits]
        seen[key] = text
    return found
