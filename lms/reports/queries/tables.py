"""The numbers of a report: of all completions, or of a part of them with small groups left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import CTE

from lms.reports.protection import protect
from lms.reports.queries import counts
from lms.reports.queries.counts import INSIDE, Counted, Organizations
from lms.reports.query import Cut

#: Organization id to people who completed the module; None: not shown.
Column = Callable[[int], int | None]


@dataclass(frozen=True)
class Table:
    """Columns of counts, their totals of distinct people, and of how many people these are."""

    columns: dict[int, dict[int, int | None]]
    totals: dict[int, int | None]
    people: int

    def column(self, module_id: int) -> Column:
        """A module's counts; whoever is not in it completed nothing."""
        known = self.columns.get(module_id, {})
        return lambda organization_id: known.get(organization_id, 0)


def cells_table(people: CTE, shown: Organizations, module_ids: Sequence[int]) -> Table:
    """Cells alone: one statement."""
    return Table({module: dict(found) for module, found in counts.cells(people, shown, module_ids).items()}, {}, 0)


def whole_table(people: CTE, wanted: Organizations, shown: Organizations, module_ids: Sequence[int]) -> Table:
    """Cells of the organizations that are shown, totals of all that are wanted: three statements."""
    return replace(
        cells_table(people, shown, module_ids),
        totals=dict(counts.totals(people, wanted, module_ids)),
        people=counts.distinct_people(people, wanted),
    )


def cut_table(people: CTE, cut: Cut, module_ids: Sequence[int], threshold: int) -> Table:
    """The part of the completions that the cut shows, over the whole network, small groups left out."""
    cells = counts.cells(people, None, module_ids)
    totals = counts.totals(people, None, module_ids)
    parts = counts.parts(people, cut, module_ids)
    chosen = cut.language or INSIDE
    columns: dict[int, dict[int, int | None]] = {}
    shown_totals: dict[int, int | None] = {}
    for module in module_ids:
        whole = Counted(cells.get(module, {}), totals.get(module, 0))
        columns[module], shown_totals[module] = _column(whole, parts.get(module, {}), chosen, threshold)
    return Table(columns, shown_totals, counts.distinct_people(people, None))


def _column(
    whole: Counted, parts: dict[str, Counted], chosen: str, threshold: int
) -> tuple[dict[int, int | None], int | None]:
    protected = protect(whole, parts, threshold)
    part = parts.get(chosen, Counted({}, 0))
    total = None if protected.hides_total else part.total
    # Where nobody at all is in the part and this can be said, it is said of every organization.
    hidden = frozenset() if total == 0 else protected.hidden
    cells = {id_: None if id_ in hidden else part.by_organization.get(id_, 0) for id_ in whole.by_organization}
    return cells, total
