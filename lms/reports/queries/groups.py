"""The completion report grouped otherwise: by country, field of work, cohort, language or month, by modules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from lms.certification.queries import local_day
from lms.db import Texts
from lms.organizations.models import Network, Organization
from lms.reports.counters.models import ANY
from lms.reports.queries import stock
from lms.reports.queries.choices import CohortChoice, chosen_of
from lms.reports.queries.columns import Columns
from lms.reports.queries.completion import Cell
from lms.reports.queries.cut_groups import CutGroups, by_cohort, by_language, by_month
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.people import matching
from lms.reports.queries.places import Group, groups_of
from lms.reports.query import Chosen, CompletionQuery


class Dimension(StrEnum):
    """What the numbers are grouped by."""

    COUNTRY = "country"
    SECTOR = "sector"
    COHORT = "cohort"
    LANGUAGE = "language"
    MONTH = "month"

    @property
    def is_cut(self) -> bool:
        """Whether groups are parts of the organizations' people, and small ones are hidden."""
        return self not in (Dimension.COUNTRY, Dimension.SECTOR)


@dataclass(frozen=True)
class GroupRow:
    """A group: what it is found by, its people (None: not shown, or no group of people), and its cells."""

    key: str
    people: int | None
    cells: tuple[Cell, ...]
    #: Names of a cohort.
    names: Texts | None = None
    #: First day of a month; None in a row of months: everything before the first.
    month: date | None = None


@dataclass(frozen=True)
class GroupReport:
    """All groups of a network, and the totals of everybody whom the query asks for, each person once."""

    dimension: Dimension
    query: CompletionQuery
    chosen: Chosen
    network: Network
    taken_at: datetime
    modules: tuple[ReportModule, ...]
    all_modules: tuple[ReportModule, ...]
    rows: tuple[GroupRow, ...]
    totals: tuple[Cell, ...]
    people: int

    @property
    def hides(self) -> bool:
        """Whether any number is not shown."""
        cells = [*self.totals, *(cell for row in self.rows for cell in row.cells)]
        return any(cell.completed is None for cell in cells)


def group_report(
    dimension: Dimension,
    query: CompletionQuery,
    network: Network,
    all_modules: Sequence[ReportModule],
    cohorts: Sequence[CohortChoice],
    months: Sequence[date],
    *,
    now: datetime,
) -> GroupReport:
    """Answer a query by groups; `months` are first days, the newest last. A fixed number of statements."""
    day = local_day(network, now)
    modules = tuple(module for module in all_modules if query.module_id in (None, module.id))
    columns = Columns(network.id, day, [module.id for module in modules], query.edition_id or ANY)
    made: tuple[Iterable[GroupRow], Mapping[int, int | None], int]
    if dimension.is_cut:
        made = _cut(dimension, columns, network, cohorts, months, [module.id for module in all_modules])
    else:
        made = _places(dimension, query, columns)
    rows, totals, people = made
    of = totals if dimension is Dimension.MONTH else dict.fromkeys(columns.module_ids, people)
    return GroupReport(
        dimension=dimension,
        query=query,
        chosen=chosen_of(query),
        network=network,
        taken_at=now,
        modules=modules,
        all_modules=tuple(all_modules),
        rows=tuple(rows),
        totals=tuple(Cell(totals.get(id_, 0), of.get(id_) or 0) for id_ in columns.module_ids),
        people=people,
    )


def _places(
    dimension: Dimension, query: CompletionQuery, columns: Columns
) -> tuple[list[GroupRow], dict[int, int | None], int]:
    """Groups of organizations: what each of these has is visible anyway."""
    key = Organization.country if dimension is Dimension.COUNTRY else Organization.sector
    wanted = matching(query, columns)
    places: Any = select(key.label("key"), Organization.id.label("organization_id")).where(Organization.id.in_(wanted))
    people, totals = stock.people_and_totals(columns, wanted if query.chooses else None)
    found = groups_of(places, columns)
    rows = [_place(key or "", group, columns) for key, group in found.items()]
    return rows, dict(totals), people


def _place(key: str, group: Group, columns: Columns) -> GroupRow:
    cells = (Cell(group.completed.get(module, 0), group.people) for module in columns.module_ids)
    return GroupRow(key, group.people, tuple(cells))


def _cut(
    dimension: Dimension,
    columns: Columns,
    network: Network,
    cohorts: Sequence[CohortChoice],
    months: Sequence[date],
    module_ids: Sequence[int],
) -> tuple[list[GroupRow], Mapping[int, int | None], int]:
    """Groups of people or of completions: the small ones are hidden."""
    if dimension is Dimension.COHORT:
        found = by_cohort(columns, [cohort.id for cohort in cohorts], network.threshold)
        named = {str(cohort.id): cohort for cohort in cohorts}
        rows = [
            GroupRow(named[key].public_id, found.people.get(key), cells, named[key].names)
            for key, cells in _cells(found, columns)
        ]
    elif dimension is Dimension.LANGUAGE:
        found = by_language(columns, network.threshold)
        rows = [GroupRow(key, None, cells) for key, cells in _cells(found, columns)]
    else:
        found = by_month(columns, months, network.threshold, module_ids)
        rows = [
            GroupRow(key, None, cells, month=date.fromisoformat(key) if key else None)
            for key, cells in _cells(found, columns)
        ]
    return rows, found.totals, found.everybody


def _cells(found: CutGroups, columns: Columns) -> Iterable[tuple[str, tuple[Cell, ...]]]:
    for key in found.keys:
        yield (
            key,
            tuple(
                Cell(found.completed[module].get(key, 0), found.share_of(key, module)) for module in columns.module_ids
            ),
        )
