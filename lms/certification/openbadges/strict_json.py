"""JSON that others sent: read within bounds, and refused where two readers could read it differently."""

import json
import math
from typing import Any

from lms.certification.openbadges.refusals import Refused
from lms.i18n import gettext as _

MOST_TEXT = 256 * 1024
DEEPEST, MOST_VALUES, LONGEST_NUMBER = 24, 2000, 18


def compact_json(value: Any) -> str:
    """A value as JSON without blanks; the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_object(text: str, longest: int = MOST_TEXT) -> dict[str, Any]:
    """The object that a text is. Raises Refused."""
    if len(text) > longest:
        raise Refused(_("It is larger than any credential needs to be."))
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_int=_whole, parse_float=_decimal, parse_constant=_constant
        )
        text.encode()
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused(_("It is not JSON, or not as everybody reads it.")) from error
    if not isinstance(value, dict):
        raise Refused(_("It is not a credential."))
    _measure(value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number too long")
    return int(text)


def _decimal(text: str) -> float:
    value = float(text)
    if len(text) > 2 * LONGEST_NUMBER or not math.isfinite(value):
        raise ValueError("a number too long")
    return value


def _constant(_text: str) -> float:
    raise ValueError("not a number of JSON")


def _measure(value: Any) -> None:
    """Raises Refused for what is deep or wide beyond any credential."""
    level, seen, depth = [value], 0, 0
    while level:
        seen, depth = seen + len(level), depth + 1
        if depth > DEEPEST or seen > MOST_VALUES:
            raise Refused(_("It is larger than any credential needs to be."))
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
