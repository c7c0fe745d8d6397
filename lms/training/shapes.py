"""The shape of content: what stands where in its JSON. Anything may come in a package; nothing after this surprises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lms.formats import LANGUAGES
from lms.i18n import gettext as _

ID = re.compile(r"[a-z][a-z0-9-]{0,79}")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a tree: `where` (file, and place in it), and why in the reader's language."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class Optional:
    """A key that may be left out."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape


class Identifier:
    """A string that is an id."""


class Language:
    """One of our languages."""


class Texts:
    """One text a language."""


class Anything:
    """Whatever it is, somebody else checks it."""


KIT = {
    "format_version": int,
    "id": Identifier,
    "title": Texts,
    "summary": Optional(Texts),
    "modules": [{"id": Identifier, "after": [Identifier]}],
}
MANIFEST = {
    "format_version": int,
    "id": Identifier,
    "source_language": Language,
    "languages": [Language],
    "title": Texts,
    "summary": Optional(Texts),
    "sequence": [
        {
            "lesson": Optional(Identifier),
            "quiz": Optional(Identifier),
            "before": Optional(Identifier),
            "required": bool,
        }
    ],
}
LESSON = {
    "format_version": int,
    "id": Identifier,
    "minutes": int,
    "title": Texts,
    "source": Optional(Texts),
    "blocks": [{"id": Identifier, "kind": str, "languages": Optional([Language]), "data": Optional({"*": Anything})}],
}
QUIZ = {
    "format_version": int,
    "id": Identifier,
    "title": Texts,
    "intro": Optional(Texts),
    "pass_mark": int,
    "attempts": int,
    "shuffle": bool,
    "show_key": str,
    "time_limit": Optional(int),
    "late": Optional(int),
    "delay": Optional(int),
    "opens": Optional(str),
    "closes": Optional(str),
    "grade_rule": Optional(str),
    "feedback": Optional(str),
    "certainty": Optional(bool),
    "draws": Optional([{"tag": str, "count": int}]),
    "pools": Optional([{"id": Identifier, "count": int, "folder": Optional(Identifier), "tag": Optional(str)}]),
    "page_size": Optional(int),
    "grading_days": Optional(int),
    "readers": Optional(int),
    "difference": Optional(int),
    "questions": [
        {
            "id": Identifier,
            "type": str,
            "mark": float,
            "tags": Optional([str]),
            "in_case": Optional(bool),
            "pool": Optional(Identifier),
            "structure": {"*": Anything},
            "scoring": {"*": Anything},
            "text": {"*": Anything},
        }
    ],
}


def misshapen(value: Any, shape: Any, where: str) -> Iterator[Problem]:
    """Yield where `value` has not the shape."""
    if isinstance(shape, dict):
        yield from _misshapen_object(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield Problem(where, _("a list was expected"))
            return
        for position, item in enumerate(value):
            yield from misshapen(item, shape[0], f"{where}[{position}]")
    elif shape is Texts:
        yield from _misshapen_texts(value, where)
    elif not _fits(value, shape):
        yield Problem(where, _EXPECTED[shape]())


def _misshapen_object(value: Any, shape: dict[str, Any], where: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(where, _("an object was expected"))
        return
    if "*" in shape:
        return
    for key, inner in shape.items():
        if key in value:
            wanted = inner.shape if isinstance(inner, Optional) else inner
            yield from misshapen(value[key], wanted, f"{where} {key}")
        elif not isinstance(inner, Optional):
            yield Problem(where, _("%(key)s is missing", key=key))
    for key in value.keys() - shape.keys():
        yield Problem(where, _("%(key)s is not known here", key=key))


def _misshapen_texts(value: Any, where: str) -> Iterator[Problem]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        yield Problem(where, _("one text a language was expected"))
        return
    for code in value.keys() - set(LANGUAGES):
        yield Problem(where, _("%(code)s is not one of our languages", code=code))


def _fits(value: Any, shape: Any) -> bool:
    if shape is Identifier:
        return isinstance(value, str) and ID.fullmatch(value) is not None
    if shape is Language:
        return value in LANGUAGES
    if shape is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if shape is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, shape)


_EXPECTED = {
    Identifier: lambda: _("an id was expected: small Latin letters, digits and hyphens, a letter first"),
    Language: lambda: _("one of fa, ar, en was expected"),
    int: lambda: _("a whole number was expected"),
    float: lambda: _("a number was expected"),
    bool: lambda: _("true or false was expected"),
    str: lambda: _("a text was expected"),
}
