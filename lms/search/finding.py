"""Finding lessons and modules by what they say, in one query."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, case, cast, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from lms.db import db
from lms.search.models import SearchEntry
from lms.text import fold_key, highlight, search_terms

MOST_HITS = 30
EXCERPT = 220
#: Letters of text that stand before the first match of an excerpt.
BEFORE = 60

Marked = list[tuple[str, bool]]


@dataclass(frozen=True)
class Hit:
    """A lesson (or, with an empty key, a module) that says what was asked for; matched parts are marked."""

    module_id: int
    lesson_key: str
    language: str
    title: Marked
    excerpt: Marked


def find(query: str, language: str, module_ids: Collection[int]) -> list[Hit]:
    """What of these modules says all words of `query` (or begins words with them): titles first, at most MOST_HITS.

    Looks in `language`; in another one only for modules that do not have it.
    """
    terms = search_terms(query, language)
    if not terms or not module_ids:
        return []
    in_title = sum((cast(_says(SearchEntry.folded_title, term), Integer) for term in terms), literal(0))
    rows = db.session.scalars(
        select(SearchEntry)
        .where(SearchEntry.module_id.in_(module_ids), _readable(language, module_ids))
        .where(*(_says(SearchEntry.folded, term) for term in terms))
        .order_by(in_title.desc(), case((SearchEntry.key == "", 0), else_=1), SearchEntry.id)
        .limit(MOST_HITS)
    )
    return [_hit(row, query) for row in rows]


def _says(words: InstrumentedAttribute[str], term: str) -> ColumnElement[bool]:
    # Terms are letters and digits only: nothing in them is a wildcard.
    return words.like(f"% {term}%")


def _readable(language: str, module_ids: Collection[int]) -> ColumnElement[bool]:
    having = select(SearchEntry.module_id).where(
        SearchEntry.language == language, SearchEntry.key == "", SearchEntry.module_id.in_(module_ids)
    )
    return (SearchEntry.language == language) | SearchEntry.module_id.not_in(having)


def _hit(row: SearchEntry, query: str) -> Hit:
    return Hit(
        row.module_id,
        row.key,
        row.language,
        highlight(row.title, query, row.language),
        excerpt(row.text, query, row.language),
    )


def excerpt(text: str, query: str, language: str) -> Marked:
    """The piece of a text around what was asked for, matches marked; its beginning where there is none."""
    line = _line_with(text, search_terms(query, language))
    marked = highlight(line, query, language)
    first = next((index for index, (_words, found) in enumerate(marked) if found), None)
    if first is None:
        return [(_cut_end(line, EXCERPT), False)] if line else []
    before = "".join(words for words, _found in marked[:first])
    return _shortened([(_cut_start(before), False), *marked[first:]])


def _line_with(text: str, terms: list[str]) -> str:
    """The line that says most of the terms, rather one that is no heading.

    Folding a whole line is cheap; highlighting is done on this one only.
    """

    def said(line: str) -> tuple[int, bool]:
        folded = fold_key(line)
        return sum(term in folded for term in terms), len(line) > BEFORE

    return max(text.split("\n"), key=said)


def _cut_start(before: str) -> str:
    if len(before) <= BEFORE:
        return before
    return "… " + before[-BEFORE:].partition(" ")[2]


def _cut_end(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[:room].rpartition(" ")[0] + " …"


def _shortened(marked: Marked) -> Marked:
    """At most EXCERPT letters, matches whole."""
    room, kept = EXCERPT, []
    for words, found in marked:
        if room <= 0:
            break
        kept.append((words if found else _cut_end(words, room), found))
        room -= len(words)
    return [(words, found) for words, found in kept if words]
