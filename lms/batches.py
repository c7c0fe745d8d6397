"""Going through many things some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_T = TypeVar("_T")


def batched(items: Iterable[_T], most: int) -> Iterator[list[_T]]:
    """The items in their order, in lists of `most`, the last one shorter."""
    rest = iter(items)
    while some := list(islice(rest, most)):
        yield some
