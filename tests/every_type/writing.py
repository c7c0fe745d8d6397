"""How the questions of this module are written."""

from typing import Any

CODES = ("fa", "ar", "en")
Texts = dict[str, Any]


def asked(key: str, kind: str, structure: Texts, scoring: Texts, *texts: Texts, mark: float = 1) -> Texts:
    """A question of a quiz file; `texts` in the order of the languages."""
    text = dict(zip(CODES, texts, strict=True))
    return {"id": key, "type": kind, "mark": mark, "structure": structure, "scoring": scoring, "text": text}
