"""The editor's buttons: a value is a verb and a path, such as `up levels.1` or `add levels.0.requirements`."""

from collections.abc import Mapping
from typing import Any

from lms.certification.requirement_types import requirement_types
from lms.certification.typed.tree import TypedLevel, TypedRequirement, TypedScheme, new_level

#: The list within each kind of thing that a path may go through.
_LISTS = {TypedScheme: ("levels", "levels"), TypedLevel: ("requirements", "requirements")}
_STEPS = {"up": -1, "down": 1}


def change(typed: TypedScheme, deed: str, form: Mapping[str, str]) -> str | None:
    """Do what a button says; gives the path of what to look at now, or None where there was nothing to do."""
    verb, _space, path = deed.partition(" ")
    if verb == "add":
        return _add(typed, path, form.get(f"{path}.new", ""))
    found = _place(typed, path)
    if found is None:
        return None
    items, at = found
    above = path.rpartition(".")[0]
    if verb == "remove":
        del items[at]
        return above
    to = at + _STEPS.get(verb, 0)
    if not 0 <= to < len(items):
        return path
    items[at], items[to] = items[to], items[at]
    return f"{above}.{to}"


def _add(typed: TypedScheme, path: str, type_key: str) -> str | None:
    items = _list(typed, path.split("."))
    if items is None:
        return None
    if items is typed.levels:
        items.append(new_level(typed.levels))
    elif type_key in {each.key for each in requirement_types()}:
        items.append(TypedRequirement(type_key))
    else:
        return path
    return f"{path}.{len(items) - 1}"


def _place(typed: TypedScheme, path: str) -> tuple[list[Any], int] | None:
    """The list that a path's last number is of, and the number."""
    *steps, last = path.split(".")
    items = _list(typed, steps)
    if items is None or not last.isdecimal() or int(last) >= len(items):
        return None
    return items, int(last)


def _list(typed: TypedScheme, steps: list[str]) -> list[Any] | None:
    """The list that a path leads to, such as ["levels", "0", "requirements"]."""
    items = _within(typed, steps[0]) if steps else None
    for number, name in zip(steps[1::2], steps[2::2], strict=False):
        if items is None or not number.isdecimal() or int(number) >= len(items):
            return None
        items = _within(items[int(number)], name)
    return items if len(steps) % 2 else None


def _within(node: object, name: str) -> list[Any] | None:
    if isinstance(node, TypedRequirement):
        return node.parts if name == "requirements" else None
    called, attribute = _LISTS[type(node)]
    found: list[Any] = getattr(node, attribute)
    return found if name == called else None
