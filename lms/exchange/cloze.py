"""Moodle's embedded answers ("cloze"): https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type."""

import html
import re
from dataclasses import replace

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.gaps import MARK, FoundGap, GapAnswer, put_gaps
from lms.exchange.texts import Source
from lms.text import parse_number

_GAP = re.compile(r"\{(\d*):([A-Za-z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
_TYPED = {
    "SHORTANSWER": "folded",
    "SA": "folded",
    "MW": "folded",
    "SHORTANSWER_C": "exact",
    "SAC": "exact",
    "MWC": "exact",
}
_CHOSEN = re.compile(r"MULTICHOICE(_[HVS]+)?|MC[HVS]*")
_NUMBERS = {"NUMERICAL", "NM"}
_SPLIT = re.compile(r"(?<!\\)~")
_WEIGHT = re.compile(r"(?:%(-?[0-9]+(?:\.[0-9]*)?)%|(=)|)")
_FEEDBACK = re.compile(r"(?<!\\)#")


def put_cloze(draft: Draft, text: Source) -> None:
    """A text with embedded answers. Raises Unusable where one of its gaps is of a kind that there is not here."""
    gaps: dict[str, FoundGap] = {}

    def take(found: re.Match[str]) -> str:
        key = f"g{len(gaps) + 1}"
        gaps[key] = _gap(draft, found[1], found[2].upper(), found[3])
        return MARK.format(key)

    marked = _GAP.sub(take, text.text)
    put_gaps(draft, replace(text, text=marked), gaps)


def _gap(draft: Draft, weight: str, kind: str, answers: str) -> FoundGap:
    found = [_answer(draft, answer) for answer in _SPLIT.split(answers) if answer.strip()]
    share = float(weight or 1) or 1
    if _CHOSEN.fullmatch(kind):
        return FoundGap(found, False, weight=_whole(share))
    if kind in _NUMBERS:
        return FoundGap(
            [_number(draft, answer) for answer in found if answer.text.text != "*"], True, weight=_whole(share)
        )
    if kind not in _TYPED:
        raise Unusable("type_unknown", kind)
    taken = [answer for answer in found if _is_taken(draft, answer)]
    return FoundGap(taken, True, _TYPED[kind], _whole(share))


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def _answer(draft: Draft, answer: str) -> GapAnswer:
    said, *feedback = _FEEDBACK.split(answer.strip(), maxsplit=1)
    if feedback and feedback[0].strip():
        draft.note("feedback_left_out")
    weight = _WEIGHT.match(said)
    assert weight is not None
    share = float(weight[1]) / 100 if weight[1] else 1.0 if weight[2] else 0.0
    rest = said[weight.end() :].strip()
    if weight[1] is None and rest.startswith("%"):
        raise Unusable("broken", answer)
    return GapAnswer(Source(html.unescape(re.sub(r"\\(.)", r"\1", rest)), "plain"), share)


def _is_taken(draft: Draft, answer: GapAnswer) -> bool:
    if answer.share <= 0:
        return False
    if "*" in answer.text.text:
        draft.note("wildcard_left_out", answer.text.text)
        return False
    return True


def _number(draft: Draft, answer: GapAnswer) -> GapAnswer:
    """A number within a text is typed as a word here: its tolerance is lost."""
    number, _colon, tolerance = answer.text.text.partition(":")
    if tolerance.strip() and parse_number(tolerance) != 0:
        draft.note("tolerance_changed")
    return GapAnswer(Source(number.strip(), "plain"), answer.share)
