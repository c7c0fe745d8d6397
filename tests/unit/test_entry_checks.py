"""What keeps a module with an entry quiz from being published."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.formats import LANGUAGES, Formatter
from lms.i18n import reading_as
from lms.training.canonical import canonical
from lms.training.checks import check_tree
from lms.training.shapes import MANIFEST, misshapen
from lms.training.tree import Tree, canonical_tree
from tests.content import changed
from tests.gains import tree_with_entry
from tests.quizzes import essay, survey

pytestmark = pytest.mark.usefixtures("app")  # it registers the checks

Change = Callable[[Tree], Any]


def sequence(tree: Tree) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tree.manifest["sequence"]
    return found


def second_entry(tree: Tree) -> None:
    tree.quizzes["other"] = {**tree.quizzes["entry"], "id": "other"}
    sequence(tree).insert(0, {"quiz": "other", "before": "final", "required": False})


FAULTS: dict[str, Change] = {
    "required": lambda tree: sequence(tree)[0].update(required=True),
    "after a lesson": lambda tree: sequence(tree).append(sequence(tree).pop(0)),
    "nothing there": lambda tree: sequence(tree)[0].update(before="nothing"),
    "itself": lambda tree: sequence(tree)[0].update(before="entry"),
    "optional": lambda tree: sequence(tree)[2].update(required=False),
    "survey after": lambda tree: tree.quizzes["final"].update(questions=[survey()]),
    "survey before": lambda tree: tree.quizzes["entry"].update(questions=[survey()]),
    "essay": lambda tree: tree.quizzes["entry"]["questions"].append(essay()),
    "two": second_entry,
}


def problems(change: Change) -> list[str]:
    tree = changed(tree_with_entry())
    change(tree)
    return [str(problem) for problem in check_tree(tree)]


def test_a_whole_one_has_no_problem() -> None:
    assert problems(lambda _tree: None) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_once_at_the_quiz(fault: str) -> None:
    (found,) = problems(FAULTS[fault])
    assert found.startswith(("quizzes/entry.json before: ", "quizzes/other.json before: "))


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_in_the_readers_language(fault: str) -> None:
    said = set()
    for language in LANGUAGES:
        with reading_as(Formatter(language)):
            said.update(problems(FAULTS[fault]))
    assert len(said) == len(LANGUAGES)


def test_a_lesson_is_compared_with_nothing() -> None:
    (found,) = problems(lambda tree: sequence(tree)[1].update(before="final"))
    assert found.startswith("module.json sequence: ")


def test_it_stands_in_the_sequence_between_what_it_is_and_whether_it_is_required() -> None:
    tree = canonical_tree(tree_with_entry())
    assert not list(misshapen(tree.manifest, MANIFEST, "module.json"))
    assert list(canonical(tree.manifest)["sequence"][0]) == ["quiz", "before", "required"]
