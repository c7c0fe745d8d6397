"""Kits as files: kit.json."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from lms.i18n import gettext as _
from lms.training.shapes import KIT, Problem, misshapen
from lms.training.tree import FORMAT_VERSION, read_json

WHERE = "kit.json"


def read_kit(path: Path) -> dict[str, Any]:
    """The kit in a file. Raises ContentError where it cannot be read."""
    return read_json(path)


def check_kit(kit: dict[str, Any], module_keys: Collection[str]) -> list[Problem]:
    """Everything that is wrong with a kit of these modules."""
    return list(misshapen(kit, KIT, WHERE)) or list(_problems(kit, module_keys))


def _problems(kit: dict[str, Any], module_keys: Collection[str]) -> Iterator[Problem]:
    if kit["format_version"] != FORMAT_VERSION:
        yield Problem(WHERE, _("format version %(number)s is not known", number=kit["format_version"]))
    before: set[str] = set()
    for item in kit["modules"]:
        key = item["id"]
        if key not in module_keys:
            yield Problem(WHERE, _("%(id)s is named and does not exist", id=key))
        if key in before:
            yield Problem(WHERE, _("%(id)s is named twice", id=key))
        # What opens a module stands before it: so no two wait for each other.
        for first in set(item["after"]) - before:
            yield Problem(WHERE, _("%(id)s comes after %(first)s, which does not stand before it", id=key, first=first))
        before.add(key)
