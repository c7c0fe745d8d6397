"""What stands after a number in the kit's questions."""

from pathlib import Path

import pytest

from lms.training.tree import read_tree
from modules.networking_kit import module as kit


@pytest.mark.parametrize("folder", kit.modules(), ids=lambda path: path.name)
def test_arabic_units_go_with_any_number(folder: Path) -> None:
    """A learner may answer with any number, and a noun that is counted has six forms: «2 هدف» is wrong."""
    asked = [question for quiz in read_tree(folder).quizzes.values() for question in quiz["questions"]]
    units = [question["text"]["ar"].get("unit", "") for question in asked if question["type"] == "numeric"]
    assert [unit for unit in units if unit and not unit.startswith("من ")] == []
