"""Where the pages of an attempt begin and end. Pure functions."""

from collections.abc import Sequence
from typing import NamedTuple

from lms.quizzes.drawing import together


class Placed(NamedTuple):
    """A question's place in an attempt."""

    position: int
    in_case: bool
    asks: bool


def pages_of(questions: Sequence[Placed], size: int) -> list[list[int]]:
    """Positions by page: `size` questions a page, more only where a case study is not to be parted from its own."""
    pages: list[list[int]] = [[]]
    room = size
    for group in together(questions):
        asked = sum(question.asks for question in group)
        if pages[-1] and asked > room:
            pages.append([])
            room = size
        pages[-1] += [question.position for question in group]
        room -= asked
    return pages
