"""Which of a quiz's questions an attempt asks: fixed by the attempt's own seed. Pure functions."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from lms.quizzes.tags import tag_key


class InCase(Protocol):
    """What may be asked about the case study before it."""

    @property
    def in_case(self) -> Any: ...


class Drawable(InCase, Protocol):
    """A question that is pinned into a quiz."""

    @property
    def tags(self) -> Any: ...


Part = TypeVar("Part", bound=InCase)
Question = TypeVar("Question", bound=Drawable)


def together(questions: Sequence[Part]) -> list[list[Part]]:
    """The questions in groups that are never parted: a case study with those about it."""
    groups: list[list[Part]] = []
    for question in questions:
        if question.in_case and groups:
            groups[-1].append(question)
        else:
            groups.append([question])
    return groups


def drawn(
    groups: Sequence[list[Question]], draws: Sequence[Mapping[str, Any]], met: Sequence[int], order: random.Random
) -> list[list[Question]]:
    """The groups that an attempt asks, in their order: of each drawn tag as many as its draw says, the least met first.

    `met` says of each group how often she met it before. A group has the tags of its first question.
    """
    kept = set(range(len(groups)))
    for draw in draws:
        key = tag_key(draw["tag"])
        pool = [at for at, group in enumerate(groups) if key in map(tag_key, group[0].tags)]
        order.shuffle(pool)
        pool.sort(key=lambda at: met[at])
        kept -= set(pool[draw["count"] :])
    return [group for at, group in enumerate(groups) if at in kept]
