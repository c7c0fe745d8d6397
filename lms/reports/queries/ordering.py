"""The order of a report's rows, and the page of it that is shown."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Float, Integer, Select, bindparam, cast, func, nulls_last, select

from lms.db import db, read
from lms.organizations.models import NetworkMembership, Organization
from lms.organizations.queries.search import sort_column
from lms.paging import Page
from lms.reports.counters.models import Kind
from lms.reports.queries import stock
from lms.reports.queries.columns import Columns
from lms.reports.queries.people import organizations_of
from lms.reports.queries.stock import standing
from lms.reports.query import CompletionQuery

Shown = Callable[[int], Callable[[int], int | None]]
"""Module id to organization id to what is shown of it."""


def in_order(
    wanted: Select[int] | None, query: CompletionQuery, columns: Columns, language: str, page: int | None, size: int
) -> Page[int]:
    """Ids of a page of the organizations (None: of all), by name or by the share who completed a module.

    `wanted` None: every organization of the network.
    """
    everybody = {"network": columns.network_id, "day": columns.day} if wanted is None else {}
    found = _EVERYBODY if wanted is None else wanted
    total = read(_COUNTED if wanted is None else _counted(wanted), **everybody).scalar() or 0
    number, most = (min(page, max(1, -(-total // size))), size) if page else (1, total or 1)
    window = {"most": most, "skipped": most * (number - 1)}
    if query.sort_module_id is not None:
        ordered = _windowed(_by_share_of(found, query, columns, language))
    elif wanted is None:
        ordered = _everybody_by_name(language, query.descending)
    else:
        ordered = _windowed(_by_name(found, language, query.descending))
    return Page(read(ordered, **everybody, **window).scalars().all(), number, total, most)


_MEMBERS = organizations_of(bindparam("network", type_=Integer()), bindparam("day", type_=Date()))
# Asked for each organization in the order of their names, until the page is full: a list of all would grow.
_EVERYBODY = select(Organization.id).where(
    _MEMBERS.where(NetworkMembership.organization_id == Organization.id).correlate(Organization).exists()
)


def _counted(wanted: Select[int]) -> Select[int]:
    return select(func.count()).select_from(wanted.subquery())


_COUNTED = _counted(_MEMBERS.distinct())


@cache
def _everybody_by_name(language: str, descending: bool) -> Select[int]:
    return _windowed(_by_name(_EVERYBODY, language, descending))


def _windowed(ordered: Select[int]) -> Select[int]:
    return ordered.limit(bindparam("most", type_=Integer())).offset(bindparam("skipped", type_=Integer()))


def _by_name(wanted: Select[int], language: str, descending: bool) -> Select[int]:
    order = [sort_column(Organization, language), Organization.id]
    return wanted.order_by(*(column.desc() for column in order) if descending else order)


def _by_share_of(wanted: Select[int], query: CompletionQuery, columns: Columns, language: str) -> Select[int]:
    assert query.sort_module_id is not None
    share = _share(query.sort_module_id, columns)
    # Nobody has no share, and stands last.
    first = nulls_last(share.desc() if query.descending else share)
    return wanted.order_by(first, sort_column(Organization, language), Organization.id)


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
