"""Texts in several languages in one, as filters of Moodle write them: split into ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lms.formats import LANGUAGES

ALIASES = {"prs": "fa", "pes": "fa", "per": "fa", "fas": "fa", "ara": "ar", "eng": "en"}
MOST_UNCLOSED = 200
_MLANG = re.compile(r"\{\s*mlang(?:\s+([^}]{1,60}))?\s*\}", re.IGNORECASE)
_OPENING = re.compile(r"<(span|lang)\b([^>]{0,300})>", re.IGNORECASE)
_LANGUAGE = re.compile(r"""\b(?:xml:)?lang\s*=\s*["']?\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)""", re.IGNORECASE)
_MULTILANG = re.compile(r"""class\s*=\s*["'][^"']*\bmultilang\b""", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    """A piece of a text and the languages that it is for; none: for all."""

    text: str
    languages: frozenset[str] = frozenset()


def our_code(tag: str) -> str:
    """Our code for a language tag ("fa_IR", "prs", "en-GB"), else the tag's first part in small letters."""
    main = re.split(r"[-_]", tag.strip().lower())[0]
    return ALIASES.get(main, main)


def split(text: str) -> tuple[dict[str, str], set[str]]:
    """A text by language ("" where it has no tags), and the languages in it that are not ours."""
    segments = list(_segments(text))
    named = {code for segment in segments for code in segment.languages}
    if not named:
        return {"": text}, set()
    ours = [code for code in LANGUAGES if code in named]
    found = {code: _in(segments, code) for code in ours}
    if not ours and "other" in named:
        found = {"": _in(segments, "other")}
    return found, named - set(LANGUAGES) - {"other"}


def _in(segments: list[Segment], code: str) -> str:
    pieces: list[str] = []
    for group in _groups(segments):
        if not group[0].languages:
            pieces.append(group[0].text)
            continue
        mine = [segment for segment in group if code in segment.languages]
        pieces += [segment.text for segment in mine or [s for s in group if "other" in s.languages]]
    return "".join(pieces).strip()


def _groups(segments: list[Segment]) -> Iterator[list[Segment]]:
    """Segments with languages that only white space parts belong together."""
    group: list[Segment] = []
    for segment in segments:
        if segment.languages:
            group.append(segment)
        elif segment.text.strip() or not group:
            if group:
                yield group
            group = []
            yield [segment]
    if group:
        yield group


def _segments(text: str) -> Iterator[Segment]:
    if _MLANG.search(text):
        yield from _in_braces(text)
    else:
        yield from _in_elements(text)


def _in_braces(text: str) -> Iterator[Segment]:
    languages: frozenset[str] = frozenset()
    position = 0
    for mark in _MLANG.finditer(text):
        yield Segment(text[position : mark.start()], languages)
        position = mark.end()
        languages = frozenset(map(our_code, mark[1].split(","))) if mark[1] else frozenset()
    yield Segment(text[position:], languages)


def _in_elements(text: str) -> Iterator[Segment]:
    position = 0
    while (found := _next_element(text, position)) is not None:
        start, inner, end, code, after = found
        yield Segment(text[position:start])
        yield Segment(text[inner:end], frozenset({code}))
        position = after
    yield Segment(text[position:])


def _next_element(text: str, position: int) -> tuple[int, int, int, str, int] | None:
    """The next element that is for one language: where it and its content begin and end, and its language.

    Looked for among a limited number of elements: every unclosed one costs a walk to the end of the text.
    """
    for opening in islice(_OPENING.finditer(text, position), MOST_UNCLOSED):
        named = _LANGUAGE.search(opening[2])
        if named and (opening[1].lower() == "lang" or _MULTILANG.search(opening[2])):
            closing = _closing(text, opening[1].lower(), opening.end())
            if closing is not None:
                return opening.start(), opening.end(), closing[0], our_code(named[1]), closing[1]
    return None


def _closing(text: str, tag: str, position: int) -> tuple[int, int] | None:
    """Where the element that was just opened ends; those of its own kind in it are passed over."""
    depth = 1
    for mark in re.finditer(rf"<(/?){tag}\b[^>]{{0,300}}>", text[position:], re.IGNORECASE):
        depth += -1 if mark[1] else 1
        if depth == 0:
            return position + mark.start(), position + mark.end()
    return None
