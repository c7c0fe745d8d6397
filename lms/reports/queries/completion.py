"""The completion report: organizations by modules. The page and every file are made from what `report` gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from lms.certification.queries import local_day
from lms.db import Texts, db
from lms.organizations.models import Network, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.search import sort_column
from lms.paging import PAGE_SIZE, Page
from lms.reports.queries import counts
from lms.reports.queries.certificates import Certificate, certificates, certified
from lms.reports.queries.modules import ReportModule
from lms.reports.queries.people import matching, people_of
from lms.reports.queries.tables import Column, Table, cells_table, cut_table, whole_table
from lms.reports.query import CompletionQuery


@dataclass(frozen=True)
class Cell:
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


@dataclass(frozen=True)
class Row:
    """An organization."""

    id: int
    public_id: str
    names: Texts
    city: Texts
    country: str | None
    #: First day of its membership in the network.
    since: date
    people: int
    cells: tuple[Cell, ...]
    certificate: Certificate | None


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
    module_ids = [module.id for module in modules]
    people = people_of(network.id, day)
    ids = _by_name(matching(query, module_ids, people, day), language)
    wanted = ids if query.chooses else None
    sizes = counts.sizes(people)
    cut = query.cut(network.time_zone)
    table = cut_table(people, cut, module_ids, network.threshold) if cut else None
    if query.sort_module_id is not None:
        values = (table or cells_table(people, wanted, [query.sort_module_id])).column(query.sort_module_id)
        ids = _by_share(ids, values, sizes, descending=query.descending)
    elif query.descending:
        ids.reverse()
    number, size = (min(page, -(-len(ids) // PAGE_SIZE) or 1), PAGE_SIZE) if page else (1, len(ids) or 1)
    on_page = ids[size * (number - 1) : size * number]
    table = table or whole_table(people, wanted, on_page, module_ids)
    rows = list(_rows(on_page, network.id, day, table, module_ids, sizes))
    return CompletionReport(
        query=query,
        network=network,
        taken_at=now,
        modules=modules,
        all_modules=tuple(all_modules),
        page=Page(rows, number, len(ids), size),
        totals=tuple(Cell(table.totals.get(module_id, 0), table.people) for module_id in module_ids),
        people=counts.distinct_people(people, wanted) if cut else table.people,
        total_people=table.people,
        certified=certified(ids, network.id, day),
        is_cut=bool(cut),
    )


def _by_name(wanted: Select[int], language: str) -> list[int]:
    """Ids of the organizations in the order of their names."""
    # Sorted here: a database may compare the keys by the rules of some language.
    keys = db.session.execute(wanted.with_only_columns(sort_column(Organization, language), Organization.id))
    return [id_ for _key, id_ in sorted((key, id_) for key, id_ in keys)]


def _by_share(ids: list[int], values: Column, sizes: dict[int, int], *, descending: bool) -> list[int]:
    """The same by share completed, equals as they were; what is empty or not shown comes last."""
    shares = {id_: Cell(values(id_), sizes.get(id_, 0)).share for id_ in ids}
    sign = -1 if descending else 1
    return sorted(ids, key=lambda id_: (1, 0.0) if (share := shares[id_]) is None else (0, sign * share))


def _rows(
    ids: list[int], network_id: int, day: date, table: Table, module_ids: list[int], sizes: dict[int, int]
) -> Iterator[Row]:
    found = {
        row.id: row
        for row in db.session.execute(
            select(
                Organization.id,
                Organization.public_id,
                Organization.names,
                Organization.city,
                Organization.country,
                func.min(NetworkMembership.starts_on).label("since"),
            )
            .join(NetworkMembership, NetworkMembership.organization_id == Organization.id)
            .where(Organization.id.in_(ids), NetworkMembership.network_id == network_id)
            .where(in_force(NetworkMembership, day))
            .group_by(Organization.id)
        )
    }
    held = certificates(ids, network_id, day)
    columns = [table.column(module_id) for module_id in module_ids]
    for id_ in ids:
        people = sizes.get(id_, 0)
        yield Row(*found[id_], people, tuple(Cell(column(id_), people) for column in columns), held.get(id_))
