"""A question within the text: to ask oneself, not graded, nothing stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.i18n import gettext, lazy_pgettext
from lms.i18n import lazy_gettext as _
from lms.training.block_kinds.base import BlockKind, Segment, Source
from lms.training.rendering import render_inline, render_markdown

_OPTION = re.compile(r"^[ \t]*[-*+][ \t]+\[([ xX✓]?)\][ \t]+(.+)$")


@dataclass(frozen=True)
class Asked:
    """A question as it is written."""

    prompt: str
    options: list[tuple[str, bool]]
    answer: str


def asked(text: str) -> Asked:
    """Prompt, options and answer of a text: all before the first option asks, all after the last one answers.

    Where there are no options, the first paragraph asks.
    """
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if _OPTION.match(line)]
    if not places:
        prompt, _gap, answer = text.strip().partition("\n\n")
        return Asked(prompt.replace("\n", " "), [], answer.strip())
    found = [match for match in map(_OPTION.match, lines) if match]
    options = [(match[2].strip(), match[1].strip() != "") for match in found]
    return Asked(" ".join(lines[: places[0]]).strip(), options, "\n".join(lines[places[-1] + 1 :]).strip())


class Question(BlockKind):
    """Options with their right ones marked, and why; or a question and its answer."""

    key = "question"
    label = lazy_pgettext("kind of block", "Question to oneself")
    hint = _("The question; an option a line, - [ ] wrong, - [x] right; then why. Or: an empty line, then the answer.")

    def faults(self, source: Source) -> Iterator[str]:
        """A question, and either two options or more with a right one among them, or an answer."""
        found = asked(source.text)
        if not found.prompt:
            yield gettext("the question asks nothing")
        if len(found.options) == 1:
            yield gettext("the question has a single option")
        if found.options and not any(right for _text, right in found.options):
            yield gettext("no option of the question is right")
        if not found.options and not found.answer:
            yield gettext("the question has neither options nor an answer")

    def outline(self, text: str) -> list[bool]:
        """Which options are right."""
        return [right for _text, right in asked(text).options]

    def render(self, source: Source) -> Segment:
        """The question; its options, each with whether it is right; the answer."""
        found, code = asked(source.text), source.language
        return {
            "title": "",
            "html": render_inline(found.prompt, code),
            "options": [{"html": render_inline(text, code), "right": right} for text, right in found.options],
            "answer": render_markdown(found.answer, code),
        }
