"""Moodle's selected and dragged words, and its ordering questions."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.gaps import MARK, FoundGap, GapAnswer, put_gaps
from lms.exchange.texts import Source
from lms.exchange.xml_reading import text_of

_PLACE = re.compile(r"\[\[\s*(\d+)\s*\]\]")
CREDITS = {"ALL_OR_NOTHING": "exact", "ABSOLUTE_POSITION": "position", "RELATIVE_NEXT_EXCLUDE_LAST": "adjacent"}
_OLD_CREDITS = {"-1": "exact", "0": "position", "1": "adjacent", "2": "adjacent"}


def put_select_gaps(draft: Draft, element: Element, text: Source) -> None:
    """Words chosen from lists: each choice is a <selectoption> with its group."""
    _put(draft, [(_said(o), text_of(o.find("group"))) for o in element.iterfind("selectoption")], text)


def put_drag_gaps(draft: Draft, element: Element, text: Source) -> None:
    """Words dragged into a text: each is a <dragbox> with its group."""
    _put(draft, [(_said(o), text_of(o.find("group"))) for o in element.iterfind("dragbox")], text)


def _said(option: Element) -> Source:
    return Source(text_of(option.find("text")), "html")


def _put(draft: Draft, options: Sequence[tuple[Source, str]], text: Source) -> None:
    """A gap [[n]] is filled by the n-th word, and offers all words of that one's group."""
    groups = defaultdict(list)
    for at, (_word, group) in enumerate(options, 1):
        groups[group].append(at)
    gaps: dict[str, FoundGap] = {}

    def take(found: re.Match[str]) -> str:
        right = int(found[1])
        if not 0 < right <= len(options):
            raise Unusable("broken", found[0])
        offered = groups[options[right - 1][1]]
        answers = [GapAnswer(options[at - 1][0], float(at == right)) for at in offered]
        key = f"g{len(gaps) + 1}"
        gaps[key] = FoundGap(answers, typed=False)
        return MARK.format(key)

    marked = _PLACE.sub(take, text.text)
    put_gaps(draft, replace(text, text=marked), gaps)


def put_ordering(draft: Draft, element: Element, answers: Sequence[Source]) -> None:
    """Items in the order in which they stand."""
    places = [_place(answer, at) for at, answer in enumerate(element.iterfind("answer"), 1)]
    ordered = [answer for _place_, answer in sorted(zip(places, answers, strict=True), key=lambda pair: pair[0])]
    put_items(draft, ordered, _credit(draft, text_of(element.find("gradingtype"))))


def _place(answer: Element, at: int) -> float:
    try:
        return float(answer.get("fraction", at))
    except ValueError:
        return float(at)


def _credit(draft: Draft, grading: str) -> str:
    known = CREDITS.get(grading) or _OLD_CREDITS.get(grading)
    if known is None and grading:
        draft.note("scoring_simplified")
    return known or "position"


def put_items(draft: Draft, items: Sequence[Source], credit: str) -> None:
    """An ordering question, its items given in the right order. Raises Unusable."""
    if len(items) < 2:
        raise Unusable("few_options")
    keys = [f"i{at}" for at in range(1, len(items) + 1)]
    for key, item in zip(keys, items, strict=True):
        draft.say(("items", key), item)
    draft.type, draft.structure = "ordering", {"items": keys}
    draft.scoring = {"order": keys, "credit": credit}
