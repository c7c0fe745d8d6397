"""What is wrong with a module's entry quiz: the one that asks before the lessons what is asked again after them."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.i18n import gettext as _
from lms.quizzes.question_types import find_type
from lms.training.shapes import Problem
from lms.training.tree import Tree

Item = Mapping[str, Any]


def entry_problems(tree: Tree) -> Iterator[Problem]:
    """Everything that is wrong with it, in a tree of the right shape; each at the quiz."""
    entries = [item for item in tree.manifest["sequence"] if "before" in item]
    for number, item in enumerate(entries):
        if "quiz" not in item:
            yield Problem("module.json sequence", _("before is for quizzes"))
            continue
        where = f"quizzes/{item['quiz']}.json before"
        yield from (Problem(where, fault) for fault in _faults(tree, item))
        if number:
            yield Problem(where, _("a module has one entry quiz"))


def _faults(tree: Tree, entry: Item) -> Iterator[str]:
    if entry["required"]:
        yield _("an entry quiz is optional")
    if any("lesson" in item for item in _before(tree, entry)):
        yield _("an entry quiz stands before the lessons")
    yield from _question_faults(tree.quizzes.get(entry["quiz"]))
    compared = next((item for item in tree.manifest["sequence"] if item.get("quiz") == entry["before"]), None)
    if compared is None:
        yield _("the quiz that it is compared with is not there")
    elif "before" in compared:
        yield _("the quiz that it is compared with is an entry quiz, too")
    elif not compared["required"]:
        yield _("the quiz that it is compared with is not required")
    elif not _is_marked(tree.quizzes.get(entry["before"])):
        yield _("nothing is marked in the quiz that it is compared with")


def _before(tree: Tree, entry: Item) -> list[Item]:
    sequence = tree.manifest["sequence"]
    return list(sequence[: sequence.index(entry)])


def _question_faults(quiz: Item | None) -> Iterator[str]:
    if not _is_marked(quiz):
        yield _("nothing is marked in it, so there is nothing to compare")
    if quiz is not None and any(kind.by_hand for kind in map(_type_of, quiz["questions"]) if kind):
        yield _("an entry quiz asks nothing that a person must grade")


def _type_of(question: Item) -> Any:
    return find_type(str(question["type"]))


def _is_marked(quiz: Item | None) -> bool:
    """Whether some of its questions are; of a quiz that is not there something else is said."""
    return quiz is None or any(question["mark"] for question in quiz["questions"])
