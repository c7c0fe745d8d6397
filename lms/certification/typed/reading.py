"""Reading the editor's form: names of fields are paths (`levels.0.requirements.1.people`), in any number and order."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lms.certification.requirement_types import Kind, requirement_type
from lms.certification.services.scheme_checks import MOST_LEVELS, MOST_REQUIREMENTS
from lms.certification.typed.tree import NEW, TERMS, TypedLevel, TypedRequirement, TypedScheme
from lms.formats import LANGUAGES
from lms.text import clean_line

#: Longest text that a field keeps, and deepest path that is looked at: no form of ours has more.
LONGEST, DEEPEST_PATH = 500, 12
_KEY = re.compile(rf"[0-9]{{1,9}}|{NEW}[0-9]{{1,3}}")

Node = Mapping[str, Any]


def read_scheme(form: Mapping[str, str]) -> TypedScheme:
    """What a form holds of a scheme: its names and levels."""
    fields = _nested(form.items())
    levels = [_level(node) for node in _listed(fields.get("levels"), MOST_LEVELS + 1)]
    return TypedScheme(_names(fields), _with_keys(levels))


def _nested(fields: Iterable[tuple[str, str]]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for name, value in fields:
        *path, last = name.split(".")[:DEEPEST_PATH]
        node: Any = root
        for each in path:
            node = node.setdefault(each, {}) if isinstance(node, dict) else None
        if isinstance(node, dict) and not isinstance(node.get(last), dict):
            node[last] = clean_line(value)[:LONGEST]
    return root


def _listed(node: object, most: int) -> list[Node]:
    """The numbered parts of a node, in the order of their numbers."""
    if not isinstance(node, dict):
        return []
    numbers = sorted((key for key in node if re.fullmatch("[0-9]{1,3}", key)), key=int)
    return [node[key] for key in numbers if isinstance(node[key], dict)][:most]


def _text(node: Node, name: str) -> str:
    value = node.get(name, "")
    return value if isinstance(value, str) else ""


def _names(node: Node) -> dict[str, str]:
    found = {code: _text(node, f"name_{code}") for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _level(node: Node) -> TypedLevel:
    requirements = [_requirement(each) for each in _listed(node.get("requirements"), MOST_REQUIREMENTS + 1)]
    return TypedLevel(_text(node, "key"), _names(node), {term: _text(node, term) for term in TERMS}, requirements)


def _requirement(node: Node) -> TypedRequirement:
    key = _text(node, "type")
    plain = [each.name for each in requirement_type(key).parameters if each.kind is not Kind.RULES]
    parts = [_requirement(each) for each in _listed(node.get("requirements"), MOST_REQUIREMENTS)]
    return TypedRequirement(key, {name: _text(node, name) for name in plain}, parts)


def _with_keys(levels: list[TypedLevel]) -> list[TypedLevel]:
    """A key that is none becomes one of a new level, so that a level can always be named."""
    taken = {each.key for each in levels}
    for at, level in enumerate(levels):
        if not _KEY.fullmatch(level.key):
            level.key = next(key for n in range(at, at + len(levels) + 1) if (key := f"{NEW}{n}") not in taken)
            taken.add(level.key)
    return levels
