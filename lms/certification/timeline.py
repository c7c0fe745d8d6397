"""What happened to one organization in one network, on one line of time. Sub-rooms add what they know of.

A source says in SQL when its entries happened, so that all sources are sorted and paged together; then it loads those
of a page in one statement and puts each in words by a template of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, Subquery, literal, select, type_coerce, union_all

from lms.db import Instant
from lms.paging import Page, page_of


def _nobody(_about: Any) -> Iterable[int]:
    return ()


@dataclass(frozen=True)
class TimelineSource:
    """A kind of entries of a timeline."""

    name: str
    dated: Callable[[int, int], Select[Any, Any]]
    """Organization id and network id to a query of two columns: the instant and the id of each entry."""
    load: Callable[[Sequence[int]], Mapping[int, Any]]
    """What entries are about, by id: in one statement."""
    template: str
    """Says in words what happened, after a `.tick`; sees `entry`, and `who`: person id to the name or side that the
    reader may know."""
    people: Callable[[Any], Iterable[int | None]] = _nobody
    """Ids of those who did what an entry is about."""


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened, ready to be shown."""

    at: datetime
    source: TimelineSource
    about: Any


_sources: dict[str, TimelineSource] = {}


def register_timeline_source(source: TimelineSource) -> None:
    """Add a source; registering it again changes nothing."""
    _sources[source.name] = source


def timeline_of(organization_id: int, network_id: int, page: int = 1) -> Page[TimelineEntry]:
    """A page of all that happened, the latest first: two statements and one a source, however much it is."""
    all_of = _dated(organization_id, network_id)
    query = select(all_of).order_by(all_of.c.at.desc(), all_of.c.source.desc(), all_of.c.id.desc())
    found = page_of(query, page)
    about = {
        name: source.load([row.id for row in found.items if row.source == name]) for name, source in _sources.items()
    }
    entries = [
        TimelineEntry(row.at, _sources[row.source], about[row.source][row.id])
        for row in found.items
        if row.id in about[row.source]
    ]
    return Page(entries, found.number, found.total, found.size)


def _dated(organization_id: int, network_id: int) -> Subquery:
    parts = []
    for name, source in _sources.items():
        dated = source.dated(organization_id, network_id).subquery()
        at, id_ = dated.c
        instant = type_coerce(at, Instant()).label("at")
        parts.append(select(instant, literal(name).label("source"), type_coerce(id_, Integer).label("id")))
    return union_all(*parts).subquery()
