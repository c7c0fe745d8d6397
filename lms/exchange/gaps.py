"""A text with gaps, put together from what formats say of each gap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.exchange.drafting import LETTERS, Draft, Unusable, letter
from lms.exchange.texts import LONGEST, Source, words_of

MARK = "\ue100{}\ue101"
"""A gap in a source text, until the text is Markdown."""
_MARKED = re.compile("\ue100([a-z0-9-]+)\ue101")
INSTRUCTIONS = {"fa": "جاهای خالی را پر کنید.", "ar": "املأ الفراغات.", "en": "Fill in the gaps."}
"""What is asked where a text with gaps has no question of its own."""


@dataclass(frozen=True)
class GapAnswer:
    """An accepted answer or an option of a gap, and its share."""

    text: Source
    share: float


@dataclass(frozen=True)
class FoundGap:
    """A gap: typed or chosen, its answers, its weight among the gaps."""

    answers: Sequence[GapAnswer]
    typed: bool
    mode: str = "folded"
    weight: float = 1


def put_gaps(draft: Draft, text: Source, gaps: dict[str, FoundGap]) -> None:
    """A gap fill from a text with a MARK for each gap: the lines before the first gap ask, the rest is the passage."""
    if not gaps:
        raise Unusable("no_answer_taken")
    found, notes = words_of(text)
    draft.notes += [note for note in notes if note not in draft.notes]
    for code, said in found.items():
        prompt, passage = _parted(said)
        if len(passage) > LONGEST:
            raise Unusable("too_long")
        if prompt:
            draft.texts.setdefault(("prompt",), {})[code] = prompt
        draft.texts.setdefault(("passage",), {})[code] = passage
    draft.defaults[("prompt",)] = INSTRUCTIONS
    draft.type = "gap_fill"
    draft.structure = {"gaps": [_structure(key, gap) for key, gap in gaps.items()]}
    draft.scoring = {"gaps": {key: _rule(draft, key, gap) for key, gap in gaps.items()}}
    for key, gap in gaps.items():
        _put_answers(draft, key, gap)


def _parted(said: str) -> tuple[str, str]:
    lines = said.split("\\\n")
    first = next((at for at, line in enumerate(lines) if _MARKED.search(line)), 0)
    passage = "\\\n".join(lines[first:])
    return "\\\n".join(lines[:first]), _MARKED.sub(r"[[\1]]", passage)


def _structure(key: str, gap: FoundGap) -> dict[str, object]:
    kind = "typed" if gap.typed else "chosen"
    return {"id": key, "kind": kind, "answers": [letter(at) for at in range(len(gap.answers))]}


def _rule(draft: Draft, key: str, gap: FoundGap) -> dict[str, object]:
    best = max((answer.share for answer in gap.answers), default=0)
    if best <= 0:
        raise Unusable("no_right_answer")
    if len(gap.answers) > len(LETTERS):
        raise Unusable("many_options")
    shares = {letter(at): _share(answer.share / best) for at, answer in enumerate(gap.answers) if answer.share > 0}
    rule: dict[str, object] = {"shares": shares}
    if gap.typed:
        rule["mode"] = gap.mode
    if gap.weight != 1:
        rule["weight"] = gap.weight
    return rule


def _share(share: float) -> float:
    return int(share) if share == int(share) else round(share, 5)


def _put_answers(draft: Draft, key: str, gap: FoundGap) -> None:
    for at, answer in enumerate(gap.answers):
        if gap.typed:
            draft.accept(("accepted", key, letter(at)), [answer.text])
        else:
            draft.say(("options", key, letter(at)), answer.text)
