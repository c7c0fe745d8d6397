"""A text with gaps as Moodle's embedded answers."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from lms.exchange.markdown import to_html, to_words
from lms.exchange.outgoing import CannotWrite, Outgoing
from lms.exchange.shares import percent

_MARK = re.compile(r"\[\[([a-z][a-z0-9-]*)\]\]")
_SIGNS = re.compile(r"([\\~=#}\"/])")


def cloze_of(out: Outgoing) -> str:
    """Prompt and passage of a gap fill; of several languages the first, for a gap can stand in one text only."""
    code = out.codes[0]
    if len(out.codes) > 1:
        out.note("one_language_only", code)
    text = out.question["text"][code]
    gaps = {gap["id"]: gap for gap in out.structure["gaps"]}
    if out.scoring.get("partial") is False:
        out.note("partial_added")
    out.leave_feedback()
    passage = _MARK.sub(lambda found: _gap(out, gaps[found[1]], text), to_html(text["passage"]))
    return f"<p>{to_html(text['prompt'])}</p><p>{passage}</p>"


def _gap(out: Outgoing, gap: Mapping[str, Any], text: Mapping[str, Any]) -> str:
    rule = out.scoring["gaps"][gap["id"]]
    weight = rule.get("weight", 1)
    if weight != int(weight):
        raise CannotWrite("format_cannot")
    typed = gap["kind"] == "typed"
    kind = "MULTICHOICE" if not typed else "SHORTANSWER_C" if rule.get("mode") == "exact" else "SHORTANSWER"
    if rule.get("mode") == "compact":
        out.note("comparing_changed")
    answers = []
    for key in gap["answers"]:
        share = rule["shares"].get(key, 0)
        sign = "=" if share == 1 else f"%{percent(out, share)}%" if share else ""
        words = text["accepted"][gap["id"]][key] if typed else [to_words(text["options"][gap["id"]][key])]
        answers += [sign + _escaped(word) for word in words if share or not typed]
    return f"{{{int(weight)}:{kind}:{'~'.join(answers)}}}"


def _escaped(word: str) -> str:
    return escape(_SIGNS.sub(r"\\\1", word), quote=False)
