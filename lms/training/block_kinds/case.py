"""A case: what happened to somebody, and what to ask oneself about it."""

import re
from collections.abc import Iterator

from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.training.block_kinds.base import Segment, Source
from lms.training.block_kinds.boxes import Box
from lms.training.rendering import render_markdown

_RULE = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)


class Case(Box):
    """A title, the story, and after a line of hyphens the questions to discuss."""

    key = "case"
    label = lazy_pgettext("kind of block", "Case")
    hint = _("The first line is the title. A line of three hyphens parts the story from questions to discuss.")

    def faults(self, source: Source) -> Iterator[str]:
        """Story and questions are both there where there is a line between them."""
        yield from super().faults(source)
        pieces = _RULE.split(self.parts(source.text)[1])
        if len(pieces) > 2:
            yield gettext("the case has more than one line of hyphens")
        elif len(pieces) == 2 and not all(piece.strip() for piece in pieces):
            yield gettext("the case has nothing before or after its line of hyphens")

    def outline(self, text: str) -> bool:
        """Whether there are questions."""
        return len(_RULE.split(text)) > 1

    def render(self, source: Source) -> Segment:
        """The story, and the questions below it."""
        title, body = self.parts(source.text)
        story, *rest = (render_markdown(piece, source.language) for piece in _RULE.split(body, maxsplit=1))
        return {"title": title, "html": story, "questions": "".join(rest)}
