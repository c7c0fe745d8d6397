"""The order of a report's rows, and the page of it that is shown."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, cast, func, nulls_last, select

from lms.db import db
from lms.organizations.models import Organization
from lms.organizations.queries.search import sort_column
from lms.paging import Page
from lms.reports.counters.models import Kind
from lms.reports.queries import stock
from lms.reports.queries.stock import Columns, standing
from lms.reports.query import CompletionQuery

Shown = Callable[[int], Callable[[int], int | None]]
"""Module id to organization id to what is shown of it."""


def in_order(
    wanted: Select[int], query: CompletionQuery, columns: Columns, language: str, page: int | None, size: int
) -> Page[int]:
    """Ids of a page of the organizations (None: of all), by name or by the share who completed a module."""
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    number, most = (min(page, max(1, -(-total // size))), size) if page else (1, total or 1)
    name = sort_column(Organization, language)
    order: list[Any] = [name, Organization.id]
    if query.sort_module_id is not None:
        # Nobody has no share, and stands last.
        share = _share(query.sort_module_id, columns)
        order.insert(0, nulls_last(share.desc() if query.descending else share))
    elif query.descending:
        order = [name.desc(), Organization.id.desc()]
    ids = db.session.scalars(wanted.order_by(*order).limit(most).offset(most * (number - 1)))
    return Page(ids.all(), number, total, most)


def _share(module_id: int, columns: Columns) -> ColumnElement[Any]:
    completed = standing(Organization.id, columns, Kind.COMPLETED, (module_id,))
    return cast(completed, Float) / func.nullif(standing(Organization.id, columns, Kind.MEMBER), 0)


def in_order_of_shown(
    wanted: Select[int],
    query: CompletionQuery,
    columns: Columns,
    language: str,
    page: int | None,
    size: int,
    shown: Shown,
) -> Page[int]:
    """The same by what a cut shows: what it hides must not be told by the place of a row."""
    rows = db.session.execute(wanted.with_only_columns(sort_column(Organization, language), Organization.id))
    ids = [id_ for _key, id_ in sorted((key, id_) for key, id_ in rows)]
    if query.sort_module_id is not None:
        values, people = shown(query.sort_module_id), stock.sizes(columns, wanted)
        ids = _by_share(ids, values, people, descending=query.descending)
    elif query.descending:
        ids.reverse()
    number, most = (min(page, max(1, -(-len(ids) // size))), size) if page else (1, len(ids) or 1)
    return Page(ids[most * (number - 1) : most * number], number, len(ids), most)


def _by_share(
    ids: Sequence[int], values: Callable[[int], int | None], people: dict[int, int], *, descending: bool
) -> list[int]:
    """By share completed, equals as they were; what is empty or not shown comes last."""
    sign = -1 if descending else 1

    def place(id_: int) -> tuple[int, float]:
        value, of = values(id_), people.get(id_, 0)
        return (1, 0.0) if value is None or not of else (0, sign * value / of)

    return sorted(ids, key=place)
