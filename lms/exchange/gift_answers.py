"""What stands between the braces of a GIFT question, by type."""

import re
from collections.abc import Callable

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.essays import put_essay
from lms.exchange.gift_marks import shown
from lms.exchange.pieces import Choice, Spelling, put_choices, put_number, put_pairs, put_spellings, put_statement
from lms.exchange.texts import Form, Source
from lms.text import parse_number

_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]*)?)%")
_FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TRUTHS = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}


def source(text: str, default: Form) -> Source:
    """A piece of text in the form that it names, else in that of the question."""
    named = _FORM.match(text)
    form: Form = named[1] if named else default  # type: ignore[assignment]
    return Source(shown(text[named.end() :] if named else text).strip(), form)


def _weighed(answer: str, default: float) -> tuple[float, str]:
    weight = _WEIGHT.match(answer)
    return (float(weight[1]) / 100, answer[weight.end() :]) if weight else (default, answer)


def _parted(answer: str, form: Form) -> tuple[str, Source | None]:
    """An answer and the feedback on it."""
    text, sign, feedback = answer.partition("#")
    return text.strip(), source(feedback, form) if sign and feedback.strip() else None


def _essay(draft: Draft, answers: str, form: Form) -> None:
    put_essay(draft)


def _numeric(draft: Draft, answers: str, form: Form) -> None:
    right, _tilde, wrong = answers[1:].partition("~")
    found = []
    for answer in filter(str.strip, right.split("=")):
        share, rest = _weighed(answer.strip(), 1)
        text, feedback = _parted(rest, form)
        found.append((share, *_number(text), feedback))
    put_number(draft, found, _parted(wrong, form)[1])


def _number(text: str) -> tuple[float, float]:
    low, dots, high = text.partition("..")
    if dots:
        bounds = parse_number(low), parse_number(high)
        return float(sum(bounds) / 2), float(abs(bounds[1] - bounds[0]) / 2)
    answer, _colon, tolerance = text.partition(":")
    return float(parse_number(answer)), float(parse_number(tolerance or "0"))


def _choices(draft: Draft, answers: str, form: Form) -> None:
    single = "=" in answers
    found = []
    for answer in filter(str.strip, answers.replace("=", "~=").split("~")):
        text = answer.strip()
        if text.startswith("="):
            share, text = 1.0, text[1:]
            share, text = _weighed(text, share)
        else:
            share, text = _weighed(text, 0)
        option, feedback = _parted(text, form)
        found.append(Choice(source(option, form), share, feedback))
    put_choices(draft, found, single=single)


def _pairs(draft: Draft, answers: str, form: Form) -> None:
    found = []
    for pair in filter(str.strip, answers.split("=")):
        item, arrow, match = pair.partition("->")
        if not arrow:
            raise Unusable("broken", shown(pair))
        found.append((source(item, form), source(match, "plain" if "<" not in match else form)))
    put_pairs(draft, found)


def _truth(answers: str) -> str | None:
    return _TRUTHS.get(answers.partition("#")[0].strip().upper())


def _statement(draft: Draft, answers: str, form: Form) -> None:
    said = _truth(answers)
    assert said is not None
    pieces = answers.split("#", 2)[1:]
    wrong, right = [*(source(piece, form) for piece in pieces), None, None][:2]
    other = "false" if said == "true" else "true"
    put_statement(draft, said, {said: right, other: wrong})


def _spellings(draft: Draft, answers: str, form: Form) -> None:
    found = []
    for answer in filter(str.strip, answers.split("=")):
        share, rest = _weighed(answer.strip(), 1)
        text, feedback = _parted(rest, form)
        found.append(Spelling(source(text, "plain"), share, feedback))
    put_spellings(draft, found, mode="folded")


Reader = Callable[[Draft, str, Form], None]
ANSWERS: tuple[tuple[str, Callable[[str], bool], Reader], ...] = (
    ("essay", lambda answers: not answers, _essay),
    ("numerical", lambda answers: answers.startswith("#"), _numeric),
    ("multichoice", lambda answers: "~" in answers, _choices),
    ("match", lambda answers: "=" in answers and "->" in answers, _pairs),
    ("truefalse", lambda answers: _truth(answers) is not None, _statement),
    ("shortanswer", lambda answers: True, _spellings),
)
"""The types in the order in which they are tried."""
