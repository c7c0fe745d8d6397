"""Running text, headings and quotations."""

from collections.abc import Iterator

from lms.i18n import gettext as _
from lms.i18n import lazy_pgettext
from lms.training.block_kinds.base import BlockKind, Segment, Source


class Text(BlockKind):
    """Running text: paragraphs, lists, tables, emphasis, links."""

    key = "text"
    label = lazy_pgettext("kind of block", "Text")


class Heading(BlockKind):
    """The title of a section: one line, no Markdown."""

    key = "heading"
    label = lazy_pgettext("kind of block", "Heading")
    titled = True
    one_line = True

    def faults(self, source: Source) -> Iterator[str]:
        """It is one line, and that line says something."""
        title, body = self.parts(source.text)
        if not title:
            yield _("the block has no title in its first line")
        if body.strip():
            yield _("the block is one line")

    def render(self, source: Source) -> Segment:
        """Its title."""
        return {"title": self.parts(source.text)[0], "html": ""}


class Quote(BlockKind):
    """Words of somebody."""

    key = "quote"
    label = lazy_pgettext("kind of block", "Quotation")
