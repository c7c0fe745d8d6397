"""Markdown to sanitized HTML, once, when a version is published.

What differs from CommonMark, and why: `**` also opens and closes beside guillemets and brackets (`**«نقل»**ی`), an
ordered list may be counted in any digits (`۱.`), headings begin at h3 (the blocks around them are h2), `[C++]{ltr}`
runs from left to right whatever is around it (`{rtl}` from right to left), pictures and HTML are not taken. Each block
has the direction of its own words, and what is in another script says its language.
"""

import html
import re
from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from lms.text import ascii_digits, clean_text
from lms.training.scripts import direct

RENDERER = 2
"""Goes up whenever the same source renders differently: stored HTML of older ones is rendered again."""

BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "h3", "h4", "h5", "h6", "div"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
INLINE_TAGS = {"br", "strong", "em", "a", "code", "bdi"}
TAGS = BLOCK_TAGS | TABLE_TAGS | INLINE_TAGS
ATTRIBUTES = {
    "*": {"dir", "lang", "class"},
    "a": {"href", "title"},
    "ol": {"start"},
    "div": {"tabindex"},
}
SCHEMES = {"http", "https", "mailto"}
_SPAN = re.compile(r"\[([^\[\]\n]+)\]\{(ltr|rtl)\}")
_NUMBERED = re.compile(r"^([ \t>]*(?:[-*+][ \t]+)*)([۰-۹٠-٩]{1,9})(?=[.)][ \t])", re.MULTILINE)


class RelaxedInline(StateInline):
    """Inline state in which a star opens unless white space follows it, and closes unless white space precedes it."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        if self.src[start] != "*":
            return super().scanDelims(start, canSplitWord)
        end = start
        while end < self.posMax and self.src[end] == "*":
            end += 1
        opens = end < self.posMax and not self.src[end].isspace()
        closes = start > 0 and not self.src[start - 1].isspace()
        return Scanned(opens, closes, end - start)


class RelaxedParser(ParserInline):
    """The inline parser on that state."""

    def parse(self, src: str, md: MarkdownIt, env: object, tokens: list[Token]) -> list[Token]:
        """Parse one inline text into `tokens`."""
        state = RelaxedInline(src, md, env, tokens)  # type: ignore[arg-type]
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _parser(language: str) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
    relaxed = RelaxedParser()
    md.inline.ruler.before("link", "span", span)
    relaxed.ruler.before("link", "span", span)
    relaxed.ruler.enableOnly(md.inline.ruler.get_active_rules())
    relaxed.ruler2.enableOnly(md.inline.ruler2.get_active_rules())
    md.inline = relaxed
    md.core.ruler.push("lower_headings", lower_headings)
    md.core.ruler.push("direct", lambda state: direct(state.tokens, language))
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", _table_close)
    return md


def span(state: StateInline, silent: bool) -> bool:
    """`[…]{ltr}` and `[…]{rtl}`: words with a direction of their own."""
    found = _SPAN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        after = state.posMax
        state.push("bdi_open", "bdi", 1).attrs = {"dir": found[2]}
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.push("bdi_close", "bdi", -1)
        state.posMax = after
    state.pos = found.end()
    return True


def lower_headings(state: StateCore) -> None:
    """Let headings within a block begin at h3."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"


def _table_open(_renderer: object, _tokens: Sequence[Token], _index: int, _options: object, _env: object) -> str:
    # A wide table scrolls within itself; by keyboard too.
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(_renderer: object, _tokens: Sequence[Token], _index: int, _options: object, _env: object) -> str:
    return "</table></div>\n"


_PARSERS = {language: _parser(language) for language in ("fa", "ar", "en")}


def render_markdown(markdown: str, language: str) -> str:
    """The sanitized HTML of a text in `language`. Never raises, whatever the text."""
    return sanitized(_PARSERS[language].render(_prepared(markdown)))


def render_inline(markdown: str, language: str) -> str:
    """The sanitized HTML of a line in `language`: emphasis, code, links; no blocks. Never raises."""
    return sanitized(_PARSERS[language].renderInline(_prepared(markdown)))


def _prepared(markdown: str) -> str:
    return _NUMBERED.sub(lambda found: found[1] + ascii_digits(found[2]), clean_text(markdown))


def sanitized(rendered: str) -> str:
    """HTML with nothing but the tags, attributes and schemes that content may have."""
    return nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def plain_text(rendered: str) -> str:
    """The words of sanitized HTML, a line a block: what search looks through."""
    lines = html.unescape(nh3.clean(rendered, tags=set())).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
