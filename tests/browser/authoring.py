"""Questions as their file has them, typed into the studio's own forms."""

import re

from playwright.sync_api import Page

from lms.authoring.drafts.questions import fields_of
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.quizzes.question_types import AuthorField, Content, type_of
from tests.browser.steps import press
from tests.every_type.writing import Texts

MOST_SAVES = 4
SAVE = ".actionbar .btn-primary"
IDS = {
    "word": {"full": "a", "half": "b"},
    "distance": {"km": "a", "m": "b"},
    "terms": {"p": "a", "q": "b", "r": "c", "s": "e"},
    "kinds": {"u": "a", "n": "b", "f": "c"},
}
"""What the studio calls parts that have other ids in the file, by question."""

TYPE = """wanted => Object.entries(wanted).filter(([name, values]) => {
    const fields = [...document.getElementsByName(name)];
    const boxes = fields.filter(field => ["radio", "checkbox"].includes(field.type));
    const latin = text => text.replace(/[۰-۹]/g, digit => digit.charCodeAt(0) - 0x6f0).replace("٫", ".");
    const held = (boxes.length ? boxes.filter(box => box.checked) : fields).map(field => latin(field.value));
    if (JSON.stringify(held) === JSON.stringify(values.map(latin))) return false;
    for (const field of fields) {
        if (boxes.includes(field)) field.checked = values.includes(field.value);
        else field.value = values[0];
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return true;
}).map(([name]) => name)"""
"""Fill in every field that is there; gives the names of those that did not hold what is wanted before."""


def fill_in(page: Page, wanted: dict[str, list[str]]) -> None:
    """Type and save until the form holds all of it: a save brings the fields for more options, pairs and criteria."""
    for _ in range(MOST_SAVES):
        differing = page.evaluate(TYPE, wanted)
        if not differing:
            return
        press(page, SAVE)
    raise AssertionError(f"the form does not keep {differing}")


def write_question(page: Page, question: Texts) -> None:
    """The whole question, in all its languages side by side."""
    if question["type"] == "gap_fill":
        passages = {f"q.passage.{code}": [in_brackets(text)] for code, text in question["text"].items()}
        page.evaluate(TYPE, passages)
        press(page, SAVE)
    fill_in(page, form_of(question))


def in_brackets(text: Texts) -> str:
    """A passage as a trainer writes it first: each gap with its answers in it."""
    words = {gap: " / ".join(answers["a"]) for gap, answers in text["accepted"].items()}
    words |= {gap: " | ".join(options.values()) for gap, options in text["options"].items()}
    return re.sub(r"\[\[(g\d)\]\]", lambda found: f"[[{words[found[1]]}]]", text["passage"])


def form_of(question: Texts) -> dict[str, list[str]]:
    """What the fields of a question's form hold when all of it is written; those left empty are not named."""
    kind = type_of(question["type"])
    with reading_as(Formatter("en")):
        fields = [field for field in fields_of(kind, Content.of(question)) if field.kind != "hidden"]
    wanted = {"mark": [f"{question['mark']:g}"]} if kind.marked else {}
    if question.get("in_case"):
        wanted["in_case"] = ["yes"]
    for field in fields:
        values = _values(question["id"], field)
        if any(values) or field.kind in ("check", "many"):
            wanted.setdefault(f"q.{renamed(question['id'], field.name)}", values)
    return wanted


def _values(key: str, field: AuthorField) -> list[str]:
    return [renamed(key, value) if field.kind == "pick" else value for value in field.values]


def renamed(key: str, name: str) -> str:
    """A name (or an id) of a question as the studio has it."""
    ids = IDS.get(key, {})
    return ".".join(ids.get(part, part) for part in name.split("."))
