"""The cells of a heat table, written past the templates: a page has hundreds, and many pages have the same figures."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from lms.formats import Formatter
from lms.i18n import pgettext, reader
from lms.reports.queries.completion import Cell

MOST_KEPT = 8192


class Heat:
    """Writes cells for the present reader: shares, or numbers where she asks for them."""

    def __init__(self, *, numbers: bool) -> None:
        self._who, self._numbers = reader(), numbers

    def figure(self, cell: Cell) -> Markup:
        """What stands in a cell."""
        return _figure(self._who, cell.completed, cell.people, self._numbers)

    def row(self, cells: Iterable[Cell], address: str | None, modules: Sequence[str]) -> Markup:
        """A row's cells, each linked to an address (with no query) that is told its module's public id."""
        start = None if address is None else escape(address)
        figures = ((cell.shade, self.figure(cell)) for cell in cells)
        return Markup(  # noqa: S704 (all that it is made of is escaped, or our own)
            "".join(
                f'<td class="{shade}">{figure}</td>'
                if start is None
                else f'<td class="{shade}"><a href="{start}?module={module}">{figure}</a></td>'
                for (shade, figure), module in zip(figures, modules, strict=True)
            )
        )


@lru_cache(MOST_KEPT)
def _figure(who: Formatter, completed: int | None, people: int, numbers: bool) -> Markup:
    if completed is None:
        return escape(pgettext("number", "hidden"))
    if not people:
        said = pgettext("people of an organization", "nobody")
        return Markup('<span class="sr">{}</span><span aria-hidden="true">–</span>').format(said)
    return escape(who.score(completed, people) if numbers else who.percent(completed / people))
