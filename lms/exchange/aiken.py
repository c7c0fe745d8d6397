"""Aiken: a question, its options by letter, the letter of the right one. https://docs.moodle.org/en/Aiken_format."""

import re
from dataclasses import dataclass, field

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.pieces import Choice, put_choices
from lms.exchange.texts import Source

_OPTION = re.compile(r"^\s*([A-Za-z]|الف|[ابپتثجچحدهوزطيأ])\s*[).\u066b-]\s*(.*)$")
_ANSWER = re.compile(r"^\s*(?:ANSWER|پاسخ|جواب|الإجابة|الاجابة|الجواب)\s*[:：]\s*(.+?)\s*$", re.IGNORECASE)


@dataclass
class _Found:
    prompt: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


def is_aiken(text: str) -> bool:
    """Whether some line says which option is right."""
    return any(_ANSWER.match(line) for line in text.split("\n"))


def read_aiken(text: str) -> list[Draft]:
    """The questions of an Aiken file; letters may be Latin, Persian or Arabic."""
    drafts: list[Draft] = []
    found = _Found()
    for line in text.split("\n"):
        answer, option = _ANSWER.match(line), _OPTION.match(line)
        if answer and (found.prompt or found.options):
            drafts.append(_draft(found, answer[1]))
            found = _Found()
        elif option and found.prompt:
            found.options[_letter(option[1])] = option[2].strip()
        elif line.strip():
            _go_on(found, line.strip())
    if found.prompt:
        drafts.append(_draft(found, ""))
    return drafts


def _go_on(found: _Found, line: str) -> None:
    """A line without a letter goes on with the question, or with the last option."""
    if found.options:
        last = next(reversed(found.options))
        found.options[last] += f" {line}"
    else:
        found.prompt.append(line)


def _letter(written: str) -> str:
    return "ا" if written in ("الف", "أ", "ا") else written.upper()


def _draft(found: _Found, answer: str) -> Draft:
    draft = Draft(kind="aiken", type="single_choice")
    try:
        draft.say(("prompt",), Source("\n".join(found.prompt), "plain"))
        draft.name = " ".join(found.prompt)
        right = _letter(answer.split(",", maxsplit=1)[0].strip(" .)"))
        if right not in found.options:
            raise Unusable("no_right_answer")
        choices = [Choice(Source(text, "plain"), float(key == right)) for key, text in found.options.items()]
        put_choices(draft, choices, single=True)
    except Unusable as error:
        draft.failure = error.note
    return draft
