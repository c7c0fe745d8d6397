"""Where the parts of a module are found."""

from collections.abc import Callable
from itertools import pairwise

from flask import url_for

from lms.learning.queries import Part
from lms.progress.states import ModuleState
from lms.training.models import PartKind


def address_of(state: ModuleState, part: Part | None) -> str:
    """The page of a part; without one, of the module."""
    if part is None:
        return url_for("learning.module", module_id=state.public_id)
    if part.item.kind is PartKind.QUIZ:
        return url_for("quizzes.quiz", quiz_id=part.address)
    return url_for("learning.lesson", module_id=state.public_id, lesson_key=part.address)


def address_of_next(state: ModuleState, parts: list[Part]) -> str:
    """The page of the first part that is not done."""
    return address_of(state, next((part for part in parts if part.item.waits), None))


def address_after(state: ModuleState, parts: list[Part], lesson_key: str) -> str:
    """The page of the part that follows a lesson; after the last one, of the first that is not done."""
    for part, following in pairwise(parts):
        if part.item.kind is PartKind.LESSON and part.item.key == lesson_key:
            return address_of(state, following)
    return address_of_next(state, parts)


def addresses_of_exercises(module_id: str, lesson_key: str) -> Callable[[str], str]:
    """The function from an exercise's block to the page of its notes."""

    def address(block_key: str) -> str:
        return url_for("practice.show", module_id=module_id, lesson_key=lesson_key, block_key=block_key)

    return address
