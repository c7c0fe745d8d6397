"""A table with its caption."""

from collections.abc import Iterator

from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.training.block_kinds.base import BlockKind, Segment, Source
from lms.training.rendering import render_markdown


class Table(BlockKind):
    """The caption in the first line, then a row a line; the first row holds the headings."""

    key = "table"
    label = lazy_pgettext("kind of block", "Table")
    titled = True
    hint = _("The first line is the caption. Then a row a line, cells parted by | or tabs, the headings first.")

    def faults(self, source: Source) -> Iterator[str]:
        """Headings and a row, of two columns at least."""
        yield from super().faults(source)
        rows = rows_of(self.parts(source.text)[1])
        if len(rows) < 2 or len(rows[0]) < 2:
            yield gettext("the table needs a row of headings and another, of two columns or more")
        elif any(len(row) > len(rows[0]) for row in rows):
            yield gettext("a row of the table has more cells than there are headings")

    def outline(self, text: str) -> list[int]:
        """As many rows and columns."""
        rows = rows_of(self.parts(text)[1])
        return [len(rows), max(map(len, rows), default=0)]

    def render(self, source: Source) -> Segment:
        """A Markdown table, whatever parts its cells."""
        title, body = self.parts(source.text)
        rows = rows_of(body)
        rows[1:1] = [["---"] * len(rows[0])] if rows else []
        markdown = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return {"title": title, "html": render_markdown(markdown, source.language)}


def rows_of(text: str) -> list[list[str]]:
    """The cells of each row; rows of hyphens only part the headings off."""
    found = [_cells(line) for line in text.split("\n") if line.strip()]
    return [row for row in found if any(cell.strip("-: ") for cell in row)]


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [cell.strip().replace("|", "\\|") for cell in line.strip("\n").split("\t")]
    marked = line.strip().replace("\\|", "\0")
    inner = marked.removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\0", "\\|") for cell in inner.split("|")]
