"""The one way in which content is written: the same content is the same bytes."""

import json
from typing import Any

from lms.text import clean_text

#: Keys stand in this order; any others (option ids, what a plugin adds) come after them, sorted, and `other` last.
KEY_ORDER = (
    "format_version",
    "id",
    "kind",
    "type",
    "lesson",
    "quiz",
    "before",
    "required",
    "after",
    "source_language",
    "languages",
    "minutes",
    "mark",
    "tags",
    "in_case",
    "pool",
    "title",
    "summary",
    "source",
    "intro",
    "pass_mark",
    "attempts",
    "time_limit",
    "late",
    "delay",
    "opens",
    "closes",
    "grade_rule",
    "shuffle",
    "show_key",
    "certainty",
    "draws",
    "pools",
    "folder",
    "tag",
    "count",
    "page_size",
    "grading_days",
    "readers",
    "difference",
    "structure",
    "scoring",
    "text",
    "sequence",
    "label",
    "areas",
    "modules",
    "blocks",
    "questions",
    "prompt",
    "body",
    "passage",
    "items",
    "matches",
    "groups",
    "gaps",
    "options",
    "statements",
    "scale",
    "criteria",
    "levels",
    "points",
    "accepted",
    "correct",
    "pairs",
    "order",
    "credit",
    "partial",
    "penalty",
    "answer",
    "tolerance",
    "relative",
    "units",
    "share",
    "mode",
    "unit",
    "feedback",
    "true",
    "false",
    "fa",
    "ar",
    "en",
)
_RANK = {key: rank for rank, key in enumerate(KEY_ORDER)}


def canonical(value: Any) -> Any:
    """A JSON value with its keys in order and its strings as they are stored (NFC, no control characters)."""
    if isinstance(value, dict):
        return {clean_text(key): canonical(value[key]) for key in sorted(value, key=_place)}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return clean_text(value) if isinstance(value, str) else value


def _place(key: str) -> tuple[int, str]:
    return len(_RANK) + 1 if key == "other" else _RANK.get(key, len(_RANK)), key


def to_json(value: Any) -> str:
    """The file of a JSON value: two spaces, no escaped letters, a line end at its end."""
    return json.dumps(canonical(value), ensure_ascii=False, indent=2) + "\n"
