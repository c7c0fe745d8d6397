"""A text of another format, in whatever form it comes, as Markdown by language."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt

from lms.exchange.markdown import plain_markdown, to_markdown
from lms.exchange.multilang import split
from lms.exchange.notes import Note
from lms.exchange.runs import read_html, without_data
from lms.text import clean_text

Form = Literal["html", "moodle", "plain", "markdown"]
LONGEST = 20_000
_MOST_SOURCE = 200_000


@dataclass(frozen=True)
class Source:
    """A text as it stands in a file, and the form that it is in; `language` where the file says it."""

    text: str
    form: Form = "html"
    language: str = ""


def words_of(source: Source) -> tuple[dict[str, str], list[Note]]:
    """The Markdown of a text by language ("" where it says none), and what was changed. Empty texts are left out."""
    by_language, others = split(without_data(source.text)[:_MOST_SOURCE])
    notes = [Note("language_left_out", code) for code in sorted(others)]
    found = {}
    for code, text in by_language.items():
        markdown, more = _markdown(text, source.form)
        notes += more
        if markdown:
            found[code or source.language] = markdown
    return found, list(dict.fromkeys(notes))


def plain_of(source: Source) -> dict[str, str]:
    """The same for what is compared letter for letter: no Markdown, no marks."""
    by_language, _others = split(source.text[:_MOST_SOURCE])
    found = {
        code or source.language: " ".join(clean_text(html.unescape(text)).split()) for code, text in by_language.items()
    }
    return {code: text for code, text in found.items() if text}


def _markdown(text: str, form: Form) -> tuple[str, list[Note]]:
    cleaned = clean_text(text)
    if form == "plain":
        return plain_markdown(cleaned.strip()), []
    if form == "moodle":
        cleaned = re.sub(r"[ \t]*\n[ \t]*", "<br>", cleaned.strip())
    elif form == "markdown":
        cleaned = _renderer().render(cleaned)
    runs, notes = read_html(cleaned)
    markdown, given_up = to_markdown(runs)
    return markdown, [*notes, Note("formatting_left_out")] if given_up else notes


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    """Markdown as others have it: with HTML in it."""
    return MarkdownIt("commonmark", {"html": True}).enable("table")
