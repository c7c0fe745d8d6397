"""Folded search: what is indexed of a text, what is asked of the index, what is marked in a result."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lms.text.cleaning import ZWNJ
from lms.text.folding import fold_key, split_key

MOST_TERMS = 10

_WORD = re.compile(r"[^\W_]+")
# A word, or a part of one between ZWNJs, in unfolded text: letters, digits and what folding drops among them.
_PIECE = re.compile(
    "(?:[^\\W_]|[\u00ad\u0300-\u036f\u0610-\u061c\u064b-\u065f\u066c\u0670\u06d6-\u06ed\u08d3-\u08ff"
    "\u200d-\u200f\ufeff])+"
)
# و, ب, ف and ك attach to the article, ل swallows its alef; written here as folding leaves them.
_ARTICLE = re.compile("(?:[وف]?[بک]?ال|[وف]?لل)(?=...)")
_AND = re.compile("و(?=....)")
_SEAT = re.compile(r"(?<=\w)(?<!ال)[أؤئ](?=\w)")
_LONGEST_RUN = 4


def search_text(s: str, language: str) -> str:
    """Return the folded words under which s is found, for a full-text index.

    First the joined words in their order, then whatever else people type for them: parts
    of compounds, Arabic words without article, Persian neighbours written as one word,
    other seats of a hamza.
    """
    words = _WORD.findall(fold_key(s))
    parts = _WORD.findall(split_key(s))
    others = [*parts, *_other_seats_in(s)]
    if language == "ar":
        others += [bare for word in words for bare in _bare_forms(word)]
    if language == "fa":
        others += [first + second for first, second in pairwise(parts)]
    known = set(words)
    return " ".join([*words, *(word for word in dict.fromkeys(others) if word not in known)])


def search_terms(query: str, language: str = "") -> list[str]:
    """Return the folded terms of a query; a text matches if each is a prefix of an indexed word.

    With language "ar" the article is left out, as «المنظمات» also asks for «منظمات».
    At most MOST_TERMS, without repetition.
    """
    terms = _WORD.findall(fold_key(query))
    if language == "ar":
        terms = [_ARTICLE.sub("", term, count=1) if _ARTICLE.match(term) else term for term in terms]
    return list(dict.fromkeys(terms))[:MOST_TERMS]


def highlight(text: str, query: str, language: str = "") -> list[tuple[str, bool]]:
    """Return text cut into (segment, matched) pairs; joined together they are text again."""
    segments: list[tuple[str, bool]] = []
    position = 0
    for start, end in _merged(text, sorted(_spans(text, search_terms(query, language)))):
        segments += [(text[position:start], False), (text[start:end], True)]
        position = end
    segments.append((text[position:], False))
    return [segment for segment in segments if segment[0]]


def _bare_forms(word: str) -> Iterator[str]:
    """Yield a folded Arabic word without its article and without an attached و."""
    for prefix in (_ARTICLE, _AND):
        if found := prefix.match(word):
            yield word[found.end() :]


def _other_seats_in(s: str) -> Iterator[str]:
    for compound in s.split():
        yield from _WORD.findall(" ".join(_other_seats(compound)))


def _other_seats(word: str) -> list[str]:
    """Return the foldings of a word with its hamza on each seat: مسئول is also written مسؤول."""
    if not _SEAT.search(word):
        return []
    return [fold_key(_SEAT.sub(seat, word)) for seat in "یوا"]


def _forms(piece: str) -> tuple[str, ...]:
    key = fold_key(piece)
    return (key, *_bare_forms(key), *_other_seats(piece))


def _spans(text: str, terms: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where in text each term is met, from the start of a piece to the end of one."""
    pieces = list(_PIECE.finditer(text)) if terms else []
    forms = [_forms(piece[0]) for piece in pieces]
    for first, piece in enumerate(pieces):
        for term in terms:
            if last := _last_piece(text, pieces, forms, first, term):
                yield piece.start(), last.end()


def _last_piece(
    text: str, pieces: list[re.Match[str]], forms: list[tuple[str, ...]], first: int, term: str
) -> re.Match[str] | None:
    """Return the piece with which a term that begins at piece ``first`` is complete."""
    if any(form.startswith(term) for form in forms[first]):
        return pieces[first]
    run = ""
    for index in range(first, min(first + _LONGEST_RUN, len(pieces))):
        run += forms[index][0]
        if run.startswith(term):
            return pieces[index]
        if not run or not term.startswith(run) or not _joinable(text, pieces, index):
            return None
    return None


def _joinable(text: str, pieces: list[re.Match[str]], index: int) -> bool:
    """Tell whether only spaces or ZWNJs separate a piece from the next."""
    following = pieces[index + 1].start() if index + 1 < len(pieces) else len(text)
    return not text[pieces[index].end() : following].strip(ZWNJ + " \u00a0")


def _merged(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap or have only ZWNJs between them."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip(ZWNJ):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
