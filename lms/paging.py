"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select
from sqlalchemy.engine import Row

from lms.db import db
from lms.text import clean_line

PAGE_SIZE = 25
LAST_PAGE = 100_000
LONGEST_SEARCH = 200

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some of a list: its items, which page that is (from 1), and how long the list is."""

    items: Sequence[Item]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def count(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first item shown, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Number of the last item shown."""
        return self.first + len(self.items) - 1

    @property
    def near(self) -> list[int | None]:
        """Page numbers to link to: first, last and those around this one; None stands for a gap."""
        kept = sorted({1, self.count, *range(max(1, self.number - 1), min(self.count, self.number + 1) + 1)})
        shown: list[int | None] = []
        for number in kept:
            if shown and number != (shown[-1] or 0) + 1:
                shown.append(None)
            shown.append(number)
        return shown


def asked_page(name: str = "page") -> int:
    """The page number in the present request's address, under `name`; 1 where it holds none."""
    text = request.args.get(name, "")
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < len(str(LAST_PAGE)) else 1


def asked_search() -> str:
    """What the present request's address searches for, cleaned."""
    return clean_line(request.args.get("q", "")[:LONGEST_SEARCH])


def page_of(query: Select[Any], number: int, *, size: int = PAGE_SIZE) -> Page[Row[Any]]:
    """One page of a query's rows, in two statements; a number past the end gives the last page."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, total, size)


def part_of(items: Sequence[Item], number: int, *, size: int = PAGE_SIZE) -> Page[Item]:
    """One page of a list that is here already; a number past the end gives the last page."""
    number = min(number, max(1, -(-len(items) // size)))
    return Page(items[(number - 1) * size :][:size], number, len(items), size)
