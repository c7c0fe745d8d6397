"""What a module must be to be published."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.i18n import reading_as
from lms.training.checks import check_tree
from lms.training.kits import check_kit
from lms.training.tree import Tree
from tests.content import make_lesson, make_tree


def test_a_whole_tree_has_no_problems() -> None:
    assert check_tree(make_tree(lessons=("origin", "premises"))) == []


def _without_block(tree: Tree) -> None:
    del tree.lessons["origin"]["texts"]["ar"]["opening"]


def _with_another_block(tree: Tree) -> None:
    tree.lessons["origin"]["texts"]["en"]["more"] = "more"


def _in_another_order(tree: Tree) -> None:
    texts = tree.lessons["origin"]["texts"]
    texts["en"] = dict(reversed(texts["en"].items()))


def _without_language(tree: Tree) -> None:
    del tree.lessons["origin"]["texts"]["ar"]


def _block(**values: Any) -> Callable[[Tree], None]:
    return lambda tree: tree.lessons["origin"]["lesson"]["blocks"][0].update(values)


def _lesson(**values: Any) -> Callable[[Tree], None]:
    return lambda tree: tree.lessons["origin"]["lesson"].update(values)


def _manifest(**values: Any) -> Callable[[Tree], None]:
    return lambda tree: tree.manifest.update(values)


def _text(block: str, text: str) -> Callable[[Tree], None]:
    return lambda tree: tree.lessons["origin"]["texts"]["fa"].update({block: text})


def _unnamed(tree: Tree) -> None:
    tree.lessons["extra"] = make_lesson("extra")


@pytest.mark.parametrize(
    ("spoil", "where", "message"),
    [
        (_without_block, "lessons/origin/ar.md opening", "the block is missing"),
        (_with_another_block, "lessons/origin/en.md more", "the block is not in lesson.json, or not for this language"),
        (_in_another_order, "lessons/origin/en.md", "the blocks stand in another order than in lesson.json"),
        (_without_language, "lessons/origin/ar.md opening", "the block is missing"),
        (_block(kind="poem"), "lessons/origin/lesson.json h-first", "the block kind poem is not known"),
        (_block(id="opening"), "lessons/origin/lesson.json", "block opening stands twice"),
        (_block(id="Opening"), "lessons/origin/lesson.json blocks[0] id", "an id was expected"),
        (_block(languages=["fa"]), "lessons/origin/ar.md h-first", "the block is not in lesson.json, or not for"),
        (_lesson(blocks=[]), "lessons/origin/lesson.json", "a lesson needs a block"),
        (_lesson(minutes=0), "lessons/origin/lesson.json", "minutes is a number from 1 to 600"),
        (_lesson(minutes="5"), "lessons/origin/lesson.json minutes", "a whole number was expected"),
        (_lesson(minutes=True), "lessons/origin/lesson.json minutes", "a whole number was expected"),
        (_lesson(id="other"), "lessons/origin/lesson.json", "the id is not the name of the file or folder"),
        (_lesson(title={"fa": "x", "en": "x"}), "lessons/origin/lesson.json", "there is no title in ar"),
        (_lesson(author="x"), "lessons/origin/lesson.json", "author is not known here"),
        (_text("opening", " \n "), "lessons/origin/fa.md opening", "the block says nothing"),
        (_text("h-first", "one\ntwo"), "lessons/origin/fa.md h-first", "the block is one line"),
        (_text("h-first", ""), "lessons/origin/fa.md h-first", "the block has no title in its first line"),
        (_manifest(format_version=2), "module.json", "format version 2 is not known"),
        (_manifest(languages=["fa", "de"]), "module.json languages[1]", "one of fa, ar, en was expected"),
        (_manifest(source_language="en", languages=["fa"]), "module.json", "the source language is not among"),
        (_manifest(title={"fa": 1}), "module.json title", "one text a language was expected"),
        (_manifest(title="x"), "module.json title", "one text a language was expected"),
        (_manifest(sequence=[]), "module.json sequence", "origin exists and is not named"),
        (_manifest(sequence=[{"lesson": "gone", "required": True}]), "module.json sequence", "gone is named and does"),
        (_manifest(sequence=[{"required": True}]), "module.json sequence", "each item names a lesson or a quiz"),
        (_unnamed, "module.json sequence", "extra exists and is not named"),
    ],
)
def test_what_is_wrong_is_named(spoil: Callable[[Tree], None], where: str, message: str) -> None:
    tree = make_tree()
    spoil(tree)
    found = [(problem.where, problem.message) for problem in check_tree(tree)]
    assert any(place == where and text.startswith(message) for place, text in found), found


def test_a_block_may_be_for_some_languages() -> None:
    tree = make_tree()
    tree.lessons["origin"] = make_lesson(
        blocks=[{"id": "all", "kind": "text"}, {"id": "note", "kind": "note", "languages": ["fa"]}]
    )
    assert check_tree(tree) == []


def test_what_a_block_is_compared_with_is_named_by_its_language() -> None:
    tree = make_tree()
    tree.lessons["origin"] = make_lesson(blocks=[{"id": "all", "kind": "table"}])
    texts = tree.lessons["origin"]["texts"]
    for code in texts:
        texts[code]["all"] = "Roles\na | b\n1 | 2"
    texts["en"]["all"] = "Roles\na | b | c\n1 | 2 | 3"
    assert [problem.message for problem in check_tree(tree)] == [
        "not made as in فارسی: parts, their number, or which is right"
    ]


@pytest.mark.parametrize(("source", "faulty"), [("en", ["fa"]), ("ar", ["fa"]), ("fa", ["ar", "en"])])
def test_a_text_is_compared_with_the_one_that_was_written_first(source: str, faulty: list[str]) -> None:
    tree = make_tree()
    tree.manifest["source_language"] = source
    tree.lessons["origin"] = make_lesson(blocks=[{"id": "all", "kind": "table"}])
    texts = tree.lessons["origin"]["texts"]
    for code in texts:
        texts[code]["all"] = "Roles\na | b\n1 | 2"
    texts["fa"]["all"] = "Roles\na | b | c\n1 | 2 | 3"
    assert [problem.where for problem in check_tree(tree)] == [f"lessons/origin/{code}.md all" for code in faulty]


def test_the_trainer_reads_it_in_her_language() -> None:
    tree = make_tree()
    del tree.lessons["origin"]["texts"]["ar"]["opening"]
    with reading_as(Formatter("fa")):
        [problem] = check_tree(tree)
    assert problem.where == "lessons/origin/ar.md opening"
    assert problem.message == "این بخش نانوشته است"


def _kit(*modules: tuple[str, list[str]]) -> dict[str, Any]:
    listed = [{"id": key, "after": after} for key, after in modules]
    return {"format_version": 1, "id": "kit", "title": {"en": "Kit"}, "modules": listed}


def test_a_kit_names_modules_that_are_there_and_waits_for_those_before() -> None:
    assert check_kit(_kit(("a", []), ("b", ["a"])), {"a", "b"}) == []
    assert [p.message for p in check_kit(_kit(("a", []), ("c", [])), {"a", "b"})] == ["c is named and does not exist"]
    assert "which does not stand before it" in check_kit(_kit(("a", ["b"]), ("b", ["a"])), {"a", "b"})[0].message
    assert [p.message for p in check_kit(_kit(("a", []), ("a", [])), {"a"})] == ["a is named twice"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.sampled_from(["manifest", "lesson", "quiz"]), st.data())
def test_no_json_whatever_makes_a_check_fail(value: Any, which: str, data: st.DataObject) -> None:
    tree = make_tree()
    target = {
        "manifest": tree.manifest,
        "lesson": tree.lessons["origin"]["lesson"],
        "quiz": tree.quizzes["final"],
    }[which]
    target[data.draw(st.sampled_from(sorted(target)))] = value
    check_tree(tree)
