"""The cells of a heat table, written past the templates: a page has hundreds, and many pages have the same figures."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from lms.formats import Formatter
from lms.i18n import pgettext, reader
from lms.kept import Kept
from lms.reports.queries.completion import Cell, Row

MOST_READERS, MOST_KEPT, MOST_ROWS = 64, 2048, 1024


class Heat:
    """Writes cells for a reader: shares, or numbers where she asks for them."""

    def __init__(self, who: Formatter, *, numbers: bool) -> None:
        self._who, self._numbers = who, numbers
        self._written = lru_cache(MOST_KEPT)(self._write)

    def figure(self, cell: Cell) -> Markup:
        """What stands in a cell."""
        return self._written(cell)[1]

    def row(self, cells: Iterable[Cell], address: str | None, modules: Sequence[str]) -> Markup:
        """A row's cells, each linked to an address (with no query) that is told its module's public id."""
        start = None if address is None else escape(address)
        figures = map(self._written, cells)
        return Markup(  # noqa: S704 (all that it is made of is escaped, or our own)
            "".join(
                f'<td class="{shade}">{figure}</td>'
                if start is None
                else f'<td class="{shade}"><a href="{start}?module={module}">{figure}</a></td>'
                for (shade, figure), module in zip(figures, modules, strict=True)
            )
        )

    def _write(self, cell: Cell) -> tuple[str, Markup]:
        """The class of a cell, and what stands in it."""
        if cell.completed is None:
            return cell.shade, escape(pgettext("number", "hidden"))
        if not cell.people:
            said = pgettext("people of an organization", "nobody")
            return cell.shade, Markup('<span class="sr">{}</span><span aria-hidden="true">–</span>').format(said)
        pair = (cell.completed, cell.people)
        return cell.shade, escape(self._who.score(*pair) if self._numbers else self._who.percent(cell.share or 0.0))


_rows: Kept[Markup] = Kept(MOST_ROWS)


def written_once(row: Row, write: Callable[[Row], Markup], *how: Hashable) -> Markup:
    """A row of the present reader as `write` gives it, kept until it says something else.

    `how`: all else that `write` looks at.
    """
    key = (reader(), how, row.said())
    return _rows.get(key) or _rows.keep(key, write(row))


def heat(*, numbers: bool) -> Heat:
    """The one that writes for the present reader. It keeps what it has written: most pages have the same figures."""
    return _heat_of(reader(), numbers)


@lru_cache(MOST_READERS)
def _heat_of(who: Formatter, numbers: bool) -> Heat:
    return Heat(who, numbers=numbers)
