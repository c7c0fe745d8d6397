"""The numbers of a report: of all completions, or of a part of them with small groups left out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from lms.reports.protection import protect
from lms.reports.queries import stock
from lms.reports.queries.columns import Columns, Organizations
from lms.reports.queries.counts import INSIDE, Counted, counted
from lms.reports.query import Cut

#: Organization id to people who completed the module; None: not shown.
Column = Callable[[int], int | None]


@dataclass(frozen=True)
class Table:
    """Columns of counts, their totals of distinct people, and of how many people these are."""

    columns: dict[int, dict[int, int | None]]
    totals: dict[int, int | None]
    people: int
    #: Organization id to the number of its people, where it was asked for with the counts.
    sizes: dict[int, int] | None = None

    def column(self, module_id: int) -> Column:
        """A module's counts; whoever is not in it completed nothing."""
        known = self.columns.get(module_id, {})
        return lambda organization_id: known.get(organization_id, 0)


def whole_table(columns: Columns, wanted: Organizations, shown: Collection[int]) -> Table:
    """Cells of the organizations that are shown, totals of all that are wanted: two or three statements."""
    people, totals = stock.people_and_totals(columns, wanted)
    sizes, cells = stock.sizes_and_cells(columns, shown)
    return Table({module: dict(found) for module, found in cells.items()}, dict(totals), people, sizes)


def cut_table(columns: Columns, cut: Cut, threshold: int) -> Table:
    """The part of the completions that the cut shows, over the whole network, small groups left out."""
    whole, found = counted(columns, cut)
    chosen = cut.language or INSIDE
    shown: dict[int, dict[int, int | None]] = {}
    shown_totals: dict[int, int | None] = {}
    for module, all_of_it in whole.items():
        shown[module], shown_totals[module] = _column(all_of_it, found.get(module, {}), chosen, threshold)
    return Table(shown, shown_totals, stock.people(columns))


def _column(
    whole: Counted, found: Mapping[str, Counted], chosen: str, threshold: int
) -> tuple[dict[int, int | None], int | None]:
    protected = protect(whole, found, threshold)
    part = found.get(chosen, Counted())
    total = None if protected.hides_total else part.total
    # Where nobody at all is in the part and this can be said, it is said of every organization.
    hidden = frozenset() if total == 0 else protected.hidden
    cells = {id_: None if id_ in hidden else part.by_organization.get(id_, 0) for id_ in whole.by_organization}
    return cells, total
