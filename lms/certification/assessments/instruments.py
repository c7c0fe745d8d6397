"""Instruments as files: content/instruments/<id>.json, and how the program reads what is in them."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lms.certification.assessments.models import HIGHEST, LOWEST
from lms.db import Texts
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.training.canonical import canonical
from lms.training.shapes import Identifier, Optional, Problem, misshapen
from lms.training.shapes import Texts as TextsShape
from lms.training.tree import FORMAT_VERSION, ContentError, read_json

LEVELS = range(LOWEST, HIGHEST + 1)
#: Below this a round has no shape to look at.
FEWEST_AREAS = 3

INSTRUMENT = {
    "format_version": int,
    "id": Identifier,
    "title": TextsShape,
    "summary": TextsShape,
    "areas": [
        {
            "id": Identifier,
            "title": TextsShape,
            "label": TextsShape,
            "modules": Optional([Identifier]),
            "items": [{"id": Identifier, "text": TextsShape, "levels": [TextsShape]}],
        }
    ],
}


@dataclass(frozen=True)
class Item:
    """A statement with a description of each level."""

    key: str
    area: str
    text: Texts
    levels: Sequence[Texts]

    def described(self, level: int) -> Texts:
        """What a level means here."""
        return self.levels[level - LOWEST]


@dataclass(frozen=True)
class Area:
    """Items about one thing, and the plugin's modules that help with it."""

    key: str
    titles: Texts
    #: Short: what stands round a chart.
    labels: Texts
    modules: Sequence[str]
    items: Sequence[Item]


class Questions:
    """What a version of an instrument asks."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.titles: Texts = content["title"]
        self.summaries: Texts = content["summary"]
        self.areas = [_area(area) for area in content["areas"]]

    @cached_property
    def items(self) -> list[Item]:
        """Every item, in order."""
        return [item for area in self.areas for item in area.items]

    def area(self, key: str) -> Area | None:
        """An area by its id."""
        return next((area for area in self.areas if area.key == key), None)


def _area(source: Mapping[str, Any]) -> Area:
    items = [Item(each["id"], source["id"], each["text"], each["levels"]) for each in source["items"]]
    return Area(source["id"], source["title"], source["label"], source.get("modules", []), items)


def read_instrument(path: Path) -> dict[str, Any]:
    """The instrument in a file, in its canonical form. Raises ValueError where it cannot be read."""
    try:
        found: dict[str, Any] = canonical(read_json(path))
    except ContentError as error:
        raise ValueError(error.message) from error
    return found


def instrument_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of what it says, however its file was written."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def check_instrument(content: dict[str, Any], key: str, module_keys: Collection[str]) -> list[Problem]:
    """Everything that is wrong with an instrument in the file `<key>.json` of a plugin with these modules."""
    where = f"instruments/{key}.json"
    return list(misshapen(content, INSTRUMENT, where)) or list(_problems(content, key, set(module_keys), where))


def _problems(content: dict[str, Any], key: str, modules: set[str], where: str) -> Iterator[Problem]:
    if content["format_version"] != FORMAT_VERSION:
        yield Problem(where, _("format version %(number)s is not known", number=content["format_version"]))
    if content["id"] != key:
        yield Problem(where, _("the id is not the name of the file or folder"))
    if len(content["areas"]) < FEWEST_AREAS:
        yield Problem(where, _("an instrument needs at least %(number)s areas", number=FEWEST_AREAS))
    yield from _untold(content, where, ("title", "summary"))
    yield from _repeated([area["id"] for area in content["areas"]], where)
    yield from _repeated([item["id"] for area in content["areas"] for item in area["items"]], where)
    for area in content["areas"]:
        yield from _area_problems(area, modules, f"{where} {area['id']}")


def _repeated(keys: list[str], where: str) -> Iterator[Problem]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield Problem(where, _("%(id)s is named twice", id=key))


def _area_problems(area: dict[str, Any], modules: set[str], where: str) -> Iterator[Problem]:
    yield from _untold(area, where, ("title", "label"))
    if not area["items"]:
        yield Problem(where, _("an area needs an item"))
    for key in set(area.get("modules", ())) - modules:
        yield Problem(where, _("%(id)s is named and does not exist", id=key))
    for item in area["items"]:
        place = f"{where} {item['id']}"
        yield from _untold(item, place, ("text",))
        if len(item["levels"]) != len(LEVELS):
            yield Problem(place, _("an item has %(number)s levels", number=len(LEVELS)))
        for level in item["levels"]:
            yield from _untold({"level": level}, place, ("level",))


def _untold(source: Mapping[str, Any], where: str, keys: Sequence[str]) -> Iterator[Problem]:
    """Texts that are not there in every language."""
    for key in keys:
        for code in LANGUAGES:
            if not source[key].get(code, "").strip():
                yield Problem(where, _("%(key)s is missing in %(language)s", key=key, language=code))
