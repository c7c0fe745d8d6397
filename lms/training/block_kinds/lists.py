"""Lists: a line an item."""

import re
from collections.abc import Iterator

from lms.formats import direction
from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.training.block_kinds.base import BlockKind, Segment, Source
from lms.training.rendering import render_inline, render_markdown

_MARKER = re.compile(r"^[ \t]*(?:[-*+•](?:[ \t]+|$)|[0-9۰-۹٠-٩]{1,9}[.)](?:[ \t]+|$))?(?:\[[ xX]?\][ \t]+)?")
_NUMBER = re.compile(r"^[ \t]*[0-9۰-۹٠-٩]{1,9}[.)][ \t]")


def items_in(text: str) -> list[str]:
    """The items of a list, without the marks before them."""
    found = (_MARKER.sub("", line).strip() for line in text.split("\n"))
    return [item for item in found if item]


class ListBlock(BlockKind):
    """A line an item; counted where the first one begins with a number."""

    key = "list"
    label = lazy_pgettext("kind of block", "List")
    hint = _("A line an item. Where the first begins with 1. (in any digits), the items are numbered.")

    def outline(self, text: str) -> bool:
        """Whether it is counted."""
        return bool(_NUMBER.match(text.strip()))

    def render(self, source: Source) -> Segment:
        """A list of Markdown, whatever marks were typed."""
        mark = "1. " if self.outline(source.text) else "- "
        markdown = "\n".join(mark + item for item in items_in(source.text))
        return {"title": "", "html": render_markdown(markdown, source.language)}


class Checklist(BlockKind):
    """A line an item, each to be ticked by the reader; the browser keeps her ticks."""

    key = "checklist"
    label = lazy_pgettext("kind of block", "Checklist")
    hint = _("A line an item. Readers tick them for themselves.")

    def faults(self, source: Source) -> Iterator[str]:
        """One item at least."""
        if not items_in(source.text):
            yield gettext("the block says nothing")

    def outline(self, text: str) -> int:
        """As many items in each language: ticks are kept by their place."""
        return len(items_in(text))

    def render(self, source: Source) -> Segment:
        """Boxes with their labels; only what stands in the labels was written by somebody."""
        code = source.language
        rows = (
            f'<li><label class="check"><input type="checkbox" autocomplete="off"><span dir="{direction(code)}">'
            f"{render_inline(item, code)}</span></label></li>"
            for item in items_in(source.text)
        )
        return {"title": "", "html": f'<ul class="checklist" role="list">{"".join(rows)}</ul>'}
