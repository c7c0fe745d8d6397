"""HTML by others as runs of words with their marks: what inline Markdown can say, and a list of what it cannot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from lms.exchange.notes import Note

BREAK = "\n"
DEEPEST = 200
"""Elements in one another; deeper ones count as closed at once."""
_BOLD, _ITALIC, _CODE = {"b", "strong"}, {"i", "em"}, {"code", "tt", "kbd", "samp"}
_BLOCKS = {
    *("p", "div", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "section", "article", "figure", "header"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "hr", "center", "fieldset", "caption", "prompt", "body"),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_MEDIA = {"audio", "video", "iframe", "object", "embed", "applet", "canvas", "svg"}
_SILENT = {"script", "style", "head", "title", "noscript"}
_LOST = {"u", "s", "strike", "del", "ins", "sub", "sup", "mark", "big", "small", "pre"}
_VOID = {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "col", "embed", "area", "base", "param", "track"}
_DATA_ADDRESS = re.compile(r"data:[a-z]+/[^\"'>\s]{40,}", re.IGNORECASE)
_NO_ELEMENT = re.compile(r"<(?![A-Za-z/][^<>]{0,2000}>)")
_GAP = re.compile("[ \t\r\n\f\u00a0]+")
_FORMULA = re.compile(r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Run:
    """Words with the same marks; `\\n` in them is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""

    @property
    def plain(self) -> bool:
        """Whether it has no marks at all."""
        return not (self.bold or self.italic or self.code or self.href)


def read_html(source: str) -> tuple[list[Run], list[Note]]:
    """The runs of an HTML text and what was left out of it. Never raises."""
    reader = _Reader()
    reader.feed(_ordinary(source))
    reader.close()
    if _FORMULA.search(source):
        reader.note("formula_kept_as_typed")
    return tidy(reader.runs), list(dict.fromkeys(reader.notes))


def _ordinary(source: str) -> str:
    """HTML with elements only: the parser takes long over comments and signs that are never closed."""
    first, *others = source.split("<!--")
    said = first + "".join(other.partition("-->")[2] for other in others)
    return _NO_ELEMENT.sub("&lt;", said)


def without_data(source: str) -> str:
    """HTML without files that are written into their addresses: a picture can be megabytes of a text."""
    return _DATA_ADDRESS.sub("data:", source)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self.notes: list[Note] = []
        self.open: list[str] = []
        self.hrefs: list[str] = []
        self.counters: list[int | None] = []

    def note(self, code: str, about: str = "") -> None:
        self.notes.append(Note(code, about))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag == "br":
            self.put(BREAK)
        if tag == "img":
            self.leave_image(values)
        elif tag in _MEDIA:
            self.note("media_left_out")
        elif tag in _LOST | _HEADINGS:
            self.note("formatting_left_out")
        elif tag == "a":
            self.hrefs.append(self.address(values.get("href", "")))
        else:
            self.begin_block(tag)
        if tag not in _VOID and len(self.open) < DEEPEST:
            self.open.append(tag)

    def begin_block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.note("list_written_out")
            self.counters.append(0 if tag == "ol" else None)
        elif tag == "li" and self.counters:
            count = self.counters[-1]
            self.counters[-1] = None if count is None else count + 1
            self.put("- " if count is None else f"{count + 1}. ")
        elif tag == "table":
            self.note("table_written_out")
        elif tag in ("td", "th") and self.runs and not self.runs[-1].text.endswith(BREAK):
            self.put(" | ")

    def leave_image(self, values: dict[str, str]) -> None:
        alternative = _GAP.sub(" ", values.get("alt", "")).strip()[:200]
        self.note("image_left_out", alternative or values.get("src", "").rpartition("/")[2][:80])
        if alternative:
            self.put(f"[{alternative}]")

    def address(self, href: str) -> str:
        target = _GAP.sub("", href)
        if target.lower().startswith(_SCHEMES):
            return target
        if target:
            self.note("link_left_out", target[:80])
        return ""

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while (closed := self.open.pop()) != tag:
            self.end(closed)
        self.end(tag)

    def end(self, tag: str) -> None:
        if tag == "a" and self.hrefs:
            self.hrefs.pop()
        if tag in ("ul", "ol") and self.counters:
            self.counters.pop()
        if tag in _BLOCKS:
            self.put(BREAK)

    def handle_data(self, data: str) -> None:
        if not _SILENT & set(self.open) and not _MEDIA & set(self.open):
            self.put(_GAP.sub(" ", data))

    def put(self, text: str) -> None:
        marks = set(self.open)
        href = self.hrefs[-1] if self.hrefs else ""
        run = Run(text, bool(marks & _BOLD), bool(marks & _ITALIC), bool(marks & _CODE), href)
        self.runs.append(Run(text) if text == BREAK else run)


def tidy(runs: list[Run]) -> list[Run]:
    """Equal neighbours as one, marks on words only, one gap or break between words, none at the edges."""
    found: list[Run] = []
    for run in (piece for whole in runs for piece in _pieces(whole)):
        text = run.text
        if found and found[-1].text.endswith((" ", BREAK)) and text[:1] in (" ", BREAK):
            text = text.lstrip(" \n") if found[-1].text.endswith(BREAK) or text[:1] == " " else text
            if text[:1] == BREAK:
                found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
        if text:
            _add(found, replace(run, text=text))
    return _trimmed(found)


def _pieces(run: Run) -> Iterator[Run]:
    """A run with white space at its edges taken out of its marks."""
    inner = run.text.strip(" \n")
    if run.plain or not inner:
        yield Run(run.text)
        return
    start = run.text.index(inner)
    yield from (
        piece
        for piece in (Run(run.text[:start]), replace(run, text=inner), Run(run.text[start + len(inner) :]))
        if piece.text
    )


def _add(found: list[Run], run: Run) -> None:
    if found and not found[-1].text:
        found.pop()
    if found and replace(found[-1], text="") == replace(run, text=""):
        found[-1] = replace(run, text=found[-1].text + run.text)
    else:
        found.append(run)


def _trimmed(runs: list[Run]) -> list[Run]:
    found = [run for run in runs if run.text]
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip(" \n"))
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" \n"))
    kept = [run for run in found if run.text]
    return kept if len(kept) == len(runs) and kept == runs else _trimmed(kept)
