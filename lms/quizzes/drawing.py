"""Which of a quiz's questions an attempt asks: fixed by the attempt's own seed. Pure functions."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    @property
    def pool(self) -> str | None: ...


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
    groups: Sequence[list[Question]],
    draws: Sequence[Mapping[str, Any]],
    met: Sequence[int],
    order: random.Random,
    pools: Sequence[Mapping[str, Any]] = (),
) -> list[list[Question]]:
    """The groups that an attempt asks, in their order: of each drawn tag and each pool as many as its draw says, the
    least met first.

    `met` says of each group how often she met it before. A group has the tags and the pool of its first question.
    """
    kept = set(range(len(groups)))
    for count, there in [*_by_tag(groups, draws), *_by_pool(groups, pools)]:
        order.shuffle(there)
        there.sort(key=lambda at: met[at])
        kept -= set(there[count:])
    return [group for at, group in enumerate(groups) if at in kept]


def _by_tag(groups: Sequence[list[Question]], draws: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, list[int]]]:
    """How many to ask of which of the quiz's own groups."""
    for draw in draws:
        key = tag_key(draw["tag"])
        tagged = [at for at, (first, *_) in enumerate(groups) if key in map(tag_key, first.tags)]
        yield draw["count"], [at for at in tagged if groups[at][0].pool is None]


def _by_pool(groups: Sequence[list[Question]], pools: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, list[int]]]:
    for pool in pools:
        yield pool["count"], [at for at, (first, *_) in enumerate(groups) if first.pool == pool["id"]]


@dataclass(frozen=True)
class Written:
    """A question of a quiz file, as drawing sees it."""

    question: Mapping[str, Any]

    @property
    def in_case(self) -> bool:
        """Whether it is asked about the case study before it."""
        return bool(self.question.get("in_case"))

    @property
    def tags(self) -> list[str]:
        """Its subjects."""
        return list(self.question.get("tags", []))

    @property
    def pool(self) -> str | None:
        """The pool that it is drawn from."""
        return self.question.get("pool")
