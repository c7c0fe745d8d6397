"""How a written answer is compared with an accepted one."""

from functools import lru_cache
from typing import NamedTuple

from lms.text import answer_key, clean_line, fold_key, split_key

MODES = ("exact", "folded", "compact")
NEAR_LENGTH = 6
"""Letters from which one wrong letter is taken for a slip."""


class Keys(NamedTuple):
    """The keys of a text (`lms.text`)."""

    folded: str
    split: str
    compact: str


@lru_cache(1024)
def keys_of(text: str) -> Keys:
    """Found once for the accepted texts of a quiz that many take, and for a text that is compared with many."""
    return Keys(fold_key(text), split_key(text), answer_key(text))


def matches(typed: str, accepted: str, mode: str) -> bool:
    """Whether two texts are the same: letter for letter, folded (ZWNJ counts as a space or as nothing), or compact."""
    if mode == "exact":
        return clean_line(typed) == clean_line(accepted)
    mine, theirs = keys_of(typed), keys_of(accepted)
    if mode == "compact":
        return mine.compact == theirs.compact
    return not {mine.folded, mine.split}.isdisjoint((theirs.folded, theirs.split))


def is_near(typed: str, accepted: str) -> bool:
    """Whether a longer text differs from an accepted one by a single letter."""
    a, b = sorted((keys_of(typed).compact, keys_of(accepted).compact), key=len)
    if len(a) < NEAR_LENGTH or len(b) - len(a) > 1 or a == b:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[at + (len(a) == len(b)) :] == b[at + 1 :]
