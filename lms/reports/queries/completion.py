"""The completion report: organizations by modules. The page and every file are made from what `report` gives."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, bindparam, func, select

from lms.certification.queries import local_day
from lms.db import Texts, read
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.paging import PAGE_SIZE, Page
from lms.reports.counters.models import ANY
from lms.reports.queries import stock
from lms.reports.queries.certificates import Certificate, certificates, certified
from lms.reports.queries.choices import chosen_of
from lms.reports.queries.columns import Columns
from lms.reports.queries.fewer import with_fewer
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.ordering import in_order, in_order_of_shown
from lms.reports.queries.people import matching
from lms.reports.queries.tables import Table, cut_table, whole_table
from lms.reports.query import Chosen, CompletionQuery


class Cell(NamedTuple):
    """How many of a group completed a module; None: not shown, the group is too small."""

    completed: int | None
    people: int

    @property
    def share(self) -> float | None:
        """Completed of people, 0 to 1; None where there is nobody, or nothing is shown."""
        return self.completed / self.people if self.people and self.completed is not None else None

    @property
    def step(self) -> int:
        """The heat map's step: 0 for nobody, then one for each begun fifth."""
        return -(-5 * (self.completed or 0) // self.people) if self.people else 0

    @property
    def shade(self) -> str:
        """The class of the step; "hx" where nothing is shown."""
        return "hx" if self.completed is None or not self.people else f"h{self.step}"


@dataclass(frozen=True)
class Row:
    """An organization."""

    id: int
    public_id: str
    names: Texts
    city: Texts
    country: str | None
    sector: str | None
    #: First day of its membership in the network.
    since: date
    people: int
    cells: tuple[Cell, ...]
    certificate: Certificate | None

    def said(self) -> Hashable:
        """All that it says: rows that say the same are written the same."""
        texts = tuple(self.names.items()), tuple(self.city.items())
        held = self.certificate and (self.certificate.phase, tuple(self.certificate.level.items()))
        where = self.public_id, self.country, self.sector, self.since
        return *where, texts, self.people, self.cells, held


@dataclass(frozen=True)
class CompletionReport:
    """One page of the rows, or all of them, and the totals of everything that the query asks for."""

    query: CompletionQuery
    network: Network
    taken_at: datetime
    modules: tuple[ReportModule, ...]
    all_modules: tuple[ReportModule, ...]
    page: Page[Row]
    #: Distinct people; under a cut those of the whole network, whatever the other filters.
    totals: tuple[Cell, ...]
    #: Distinct people of the organizations that the query asks for, and of those that the totals are of.
    people: int
    total_people: int
    #: Organizations that hold a level.
    certified: int
    is_cut: bool
    #: Organizations that are not listed because a number that the query asks for is not shown.
    unknown: int = 0
    chosen: Chosen = field(default_factory=Chosen)

    @property
    def completed(self) -> int | None:
        """Sum of the totals; None where one is not shown."""
        known = [cell.completed for cell in self.totals if cell.completed is not None]
        return sum(known) if len(known) == len(self.totals) else None

    @property
    def possible(self) -> int:
        """What the sum of the totals could be."""
        return sum(cell.people for cell in self.totals)

    @property
    def hides(self) -> bool:
        """Whether any number is not shown."""
        return any(cell.completed is None for row in self.page.items for cell in row.cells) or self.completed is None


def report(
    query: CompletionQuery,
    network: Network,
    all_modules: Sequence[ReportModule],
    *,
    language: str,
    now: datetime,
    page: int | None = 1,
) -> CompletionReport:
    """Answer a query; names are sorted as in `language`. `page` None: all rows. A fixed number of statements."""
    day = local_day(network, now)
    modules = tuple(module for module in all_modules if query.module_id in (None, module.id))
    columns = Columns(network.id, day, [module.id for module in modules], query.edition_id or ANY)
    cut = query.cut(network.time_zone)
    table = cut_table(columns, cut, network.threshold) if cut else None
    column = table.column(query.module_id) if table and query.module_id is not None else None
    chosen, unknown = with_fewer(matching(query, columns) if query.chooses else None, column, query.fewer)
    if table is None:
        shown = in_order(chosen, query, columns, language, page, PAGE_SIZE)
    else:
        wanted = matching(query, columns) if chosen is None else chosen
        shown = in_order_of_shown(wanted, query, columns, language, page, PAGE_SIZE, table.column)
    table = table or whole_table(columns, chosen, shown.items)
    return CompletionReport(
        query=query,
        network=network,
        taken_at=now,
        modules=modules,
        all_modules=tuple(all_modules),
        page=Page(list(_rows(shown.items, columns, table)), shown.number, shown.total, shown.size),
        totals=tuple(Cell(table.totals.get(module_id, 0), table.people) for module_id in columns.module_ids),
        people=stock.people_and_totals(columns, chosen)[0] if cut else table.people,
        total_people=table.people,
        certified=certified(chosen, network.id, day),
        is_cut=bool(cut),
        unknown=unknown,
        chosen=chosen_of(query),
    )


_ORGANIZATIONS: Any = (
    select(
        Organization.id,
        Organization.public_id,
        Organization.names,
        Organization.city,
        Organization.country,
        Organization.sector,
        func.min(NetworkMembership.starts_on).label("since"),
    )
    .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
    .where(
        Organization.id.in_(bindparam("organizations", expanding=True, type_=Integer())),
        NetworkMembership.network_id == bindparam("network", type_=Integer()),
        in_force(NetworkMembership, bindparam("day", type_=Date())),
    )
    .group_by(Organization.id)
)


def _rows(ids: Sequence[int], columns: Columns, table: Table) -> Iterator[Row]:
    asked = {"organizations": ids, "network": columns.network_id, "day": columns.day}
    found = {row.id: row for row in read(_ORGANIZATIONS, **asked)}
    sizes = stock.sizes(columns, ids) if table.sizes is None else table.sizes
    held = certificates(ids, columns.network_id, columns.day)
    cells = [table.column(module_id) for module_id in columns.module_ids]
    for id_ in ids:
        people = sizes.get(id_, 0)
        of = tuple(Cell(cell(id_), people) for cell in cells)
        yield Row(**found[id_]._mapping, people=people, cells=of, certificate=held.get(id_))
