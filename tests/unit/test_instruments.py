"""Instruments as files: what is wrong is named, and the one that ships is right."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.assessments.instruments import Questions, check_instrument, instrument_hash, read_instrument
from lms.formats import LANGUAGES
from lms.text import findings
from lms.training.canonical import to_json
from tests.assessments import KEY
from tests.structure.sources import ROOT

FOLDER = ROOT / "modules" / "networking_kit" / "content"
FILE = FOLDER / "instruments" / f"{KEY}.json"
MODULES = {path.parent.name for path in FOLDER.glob("*/module.json")}
SHIPPED = read_instrument(FILE)


def problems(content: dict[str, Any], key: str = KEY) -> list[str]:
    return [str(problem) for problem in check_instrument(content, key, MODULES)]


def texts_in(value: Any) -> list[dict[str, str]]:
    """Every text of a value, in its languages."""
    if isinstance(value, list):
        return [found for item in value for found in texts_in(item)]
    if not isinstance(value, dict):
        return []
    if set(value) <= set(LANGUAGES):
        return [value]
    return [found for inner in value.values() for found in texts_in(inner)]


def test_the_one_that_ships_is_right_and_its_bytes_are_the_canonical_ones() -> None:
    assert problems(SHIPPED) == []
    assert FILE.read_text("utf-8") == to_json(json.loads(FILE.read_text("utf-8")))


def test_the_one_that_ships_has_seven_areas_of_items_with_four_levels() -> None:
    questions = Questions(SHIPPED)
    assert len(questions.areas) == 7
    assert all(3 <= len(area.items) <= 4 and area.modules for area in questions.areas)
    assert all(len({level[code] for level in item.levels}) == 4 for item in questions.items for code in LANGUAGES)


def test_the_one_that_ships_is_spelled_as_its_languages_are() -> None:
    wrong = [found for texts in texts_in(SHIPPED) for code in ("fa", "ar") for found in findings(texts[code], code)]
    assert not wrong


Change = Callable[[dict[str, Any]], object]
CHANGES: list[tuple[Change, str]] = [
    (lambda it: it.pop("summary"), "summary is missing"),
    (lambda it: it.update(format_version=2), "format version 2 is not known"),
    (lambda it: it.update(id="another"), "the id is not the name of the file"),
    (lambda it: it.update(more=1), "more is not known here"),
    (lambda it: it["areas"].__delitem__(slice(2, None)), "at least 3 areas"),
    (lambda it: it["areas"][0]["title"].pop("ar"), "title is missing in ar"),
    (lambda it: it["areas"][0]["label"].update(fa=" "), "label is missing in fa"),
    (lambda it: it["areas"][1].update(id="vision"), "vision is named twice"),
    (lambda it: it["areas"][1]["items"][0].update(id="kept"), "kept is named twice"),
    (lambda it: it["areas"][0].update(items=[]), "an area needs an item"),
    (lambda it: it["areas"][0].update(modules=["nowhere"]), "nowhere is named and does not exist"),
    (lambda it: it["areas"][0]["items"][0]["levels"].pop(), "an item has 4 levels"),
    (lambda it: it["areas"][0]["items"][0]["levels"][2].pop("en"), "level is missing in en"),
    (lambda it: it["areas"][0]["items"][0]["text"].update(fr="x"), "fr is not one of our languages"),
]


@pytest.mark.parametrize(("change", "said"), CHANGES, ids=[said for _change, said in CHANGES])
def test_what_is_wrong_is_named(change: Change, said: str) -> None:
    content = deepcopy(SHIPPED)
    change(content)
    assert any(said in problem for problem in problems(content)), problems(content)


def test_what_is_no_json_is_named(tmp_path: Any) -> None:
    file = tmp_path / "odd.json"
    file.write_text("[1", "utf-8")
    with pytest.raises(ValueError, match="odd"):
        read_instrument(file)


def shuffled(value: Any, order: Callable[[list[str]], list[str]]) -> Any:
    """The same value with its keys in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], order) for key in order(list(value))}
    return [shuffled(item, order) for item in value] if isinstance(value, list) else value


@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_makes_no_version(random: Any) -> None:
    mixed = shuffled(SHIPPED, lambda keys: random.sample(keys, len(keys)))
    assert instrument_hash(mixed) == instrument_hash(SHIPPED)
    assert to_json(mixed) == FILE.read_text("utf-8")
