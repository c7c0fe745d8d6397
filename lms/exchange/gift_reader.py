"""GIFT, as Moodle reads it: https://docs.moodle.org/en/GIFT_format."""

import re
from collections.abc import Iterator

from lms.exchange.drafting import Draft, Unusable
from lms.exchange.gift_answers import ANSWERS
from lms.exchange.gift_marks import hidden, shown
from lms.exchange.notes import Note
from lms.exchange.texts import LONGEST, Form, Source

_FORMS: dict[str, Form] = {"html": "html", "moodle": "moodle", "plain": "plain", "markdown": "markdown"}
_FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_IN_COMMENT = re.compile(r"\[(id|tag):((?:\\\]|[^\]])+)\]")
_MLANG = re.compile(r"(?<!\\)\{(mlang(?: [^}\\]*)?)\}")
"""Multilang tags whose braces nobody escaped."""
GAP = "_____"
MOST_LINES = 200


def read_gift(text: str) -> list[Draft]:
    """The questions of a GIFT file."""
    drafts: list[Draft] = []
    category = ""
    for lines in _blocks(text):
        body = "\n".join(line for line in lines if not line.lstrip().startswith("//")).strip()
        if body.startswith("$CATEGORY:"):
            first, _newline, body = body.partition("\n")
            category, body = first[10:].strip(), body.strip()
        if body:
            drafts.append(_question(body, [line for line in lines if line.lstrip().startswith("//")], category))
    return drafts


def _blocks(text: str) -> Iterator[list[str]]:
    """Questions are parted by blank lines; but some who write by hand leave them within the braces too."""
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip() or _is_open(block):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_open(block: list[str]) -> bool:
    if not 0 < len(block) < MOST_LINES or sum(map(len, block)) > LONGEST:
        return False
    body = hidden("\n".join(line for line in block if not line.lstrip().startswith("//")))
    return body.count("{") > body.count("}")


def _question(body: str, comments: list[str], category: str) -> Draft:
    draft = Draft()
    _read_comments(draft, comments)
    if category and draft.tag(category_name(category)):
        draft.note("category_as_tag", category_name(category))
    try:
        _read(draft, hidden(_MLANG.sub(r"\\{\1\\}", body)))
    except Unusable as error:
        draft.failure = error.note
    except ValueError:
        draft.failure = Note("broken", " ".join(body.split())[:80])
    if draft.failure is not None and not draft.name:
        draft.name = body
    return draft


def category_name(path: str) -> str:
    """The last name in a path of categories, without the words that Moodle itself puts there."""
    names = [name.strip() for name in path.replace("//", "\0").split("/")]
    own = [name.replace("\0", "/") for name in names if name and not re.match(r"\$\w+\$|top$|Default for ", name)]
    return own[-1] if own else ""


def _read_comments(draft: Draft, comments: list[str]) -> None:
    for kind, value in _IN_COMMENT.findall("\n".join(comments)):
        if kind == "tag" and not draft.tag(value.replace("\\]", "]")):
            draft.note("tag_left_out", value)


def _read(draft: Draft, body: str) -> None:
    if body.startswith("::"):
        name, colons, rest = body[2:].partition("::")
        if colons:
            draft.name, body = shown(name).strip(), rest.strip()
    start, end = body.find("{"), body.find("}")
    if start < 0 and end < 0:
        raise Unusable("not_a_question")
    if start < 0 or end < start:
        raise ValueError(body)
    answers, general = _without_general(body[start + 1 : end].strip())
    if general.strip():
        draft.note("general_feedback_left_out")
    form = _read_prompt(draft, body[:start], body[end + 1 :])
    _read_answers(draft, answers, form)


def _read_prompt(draft: Draft, before: str, after: str) -> Form:
    form, before = text_form(before, "moodle")
    rest = after.strip()
    if rest and rest not in ('";', '"', ";"):
        draft.note("gap_marked")
        before = f"{before}{GAP}{after}"
    if not draft.say(("prompt",), Source(shown(before).strip(), form)):
        raise Unusable("no_text")
    return form


def _without_general(answers: str) -> tuple[str, str]:
    before, separator, general = answers.rpartition("####")
    return (before.strip(), general) if separator else (answers, "")


def text_form(text: str, default: Form) -> tuple[Form, str]:
    """The form that a text names in front of it, and the text without that."""
    named = _FORM.match(text)
    return (_FORMS[named[1]], text[named.end() :]) if named else (default, text)


def _read_answers(draft: Draft, answers: str, form: Form) -> None:
    for kind, is_it, read in ANSWERS:
        if is_it(answers):
            draft.kind = kind
            read(draft, answers, form)
            return
