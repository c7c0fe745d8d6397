"""How a written answer is compared with an accepted one."""

from lms.text import answer_key, clean_line, fold_key, split_key

MODES = ("exact", "folded", "compact")
NEAR_LENGTH = 6
"""Letters from which one wrong letter is taken for a slip."""


def matches(typed: str, accepted: str, mode: str) -> bool:
    """Whether two texts are the same: letter for letter, folded (ZWNJ counts as a space or as nothing), or compact."""
    if mode == "exact":
        return clean_line(typed) == clean_line(accepted)
    if mode == "compact":
        return answer_key(typed) == answer_key(accepted)
    return not {fold_key(typed), split_key(typed)}.isdisjoint((fold_key(accepted), split_key(accepted)))


def is_near(typed: str, accepted: str) -> bool:
    """Whether a longer text differs from an accepted one by a single letter."""
    a, b = sorted((answer_key(typed), answer_key(accepted)), key=len)
    if len(a) < NEAR_LENGTH or len(b) - len(a) > 1 or a == b:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[at + (len(a) == len(b)) :] == b[at + 1 :]
