"""A question on its way into a format of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.exchange.items import Item
from lms.exchange.markdown import to_html, to_words
from lms.exchange.notes import Note
from lms.formats import LANGUAGES
from lms.quizzes.question_types import Content, find_type

LONGEST_NAME = 80
SPAN = '<span lang="{}" class="multilang">{}</span>'


class CannotWrite(Exception):
    """A format cannot hold a question; the note says why."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.note = Note(code, about)


@dataclass
class Outgoing:
    """A question with the languages in which it is to be written, and what is said of it on the way."""

    question: Mapping[str, Any]
    codes: Sequence[str]
    notes: list[Note] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.question["type"])

    @property
    def structure(self) -> Mapping[str, Any]:
        """As in its file."""
        found: Mapping[str, Any] = self.question["structure"]
        return found

    @property
    def scoring(self) -> Mapping[str, Any]:
        """As in its file."""
        found: Mapping[str, Any] = self.question["scoring"]
        return found

    @property
    def tags(self) -> list[str]:
        """Its tags."""
        return list(self.question.get("tags", []))

    def note(self, code: str, about: str = "") -> None:
        """Say something of it, once."""
        if Note(code, about) not in self.notes:
            self.notes.append(Note(code, about))

    def said(self, *path: str) -> dict[str, Any]:
        """What stands at a place of its text, by language."""
        found = {code: _at(self.question["text"].get(code, {}), path) for code in self.codes}
        return {code: value for code, value in found.items() if value}

    def html(self, *path: str) -> str:
        """The HTML of a text; in several languages with the tags that Moodle's own filter knows."""
        return self.tagged({code: to_html(text) for code, text in self.said(*path).items()})

    def words(self, *path: str) -> str:
        """The same without marks: where Moodle takes plain text."""
        said = self.said(*path)
        if any("<" in to_html(text) for text in said.values()):
            self.note("formatting_left_out")
        return self.tagged({code: to_words(text) for code, text in said.items()})

    def tagged(self, said: Mapping[str, str]) -> str:
        """A text in several languages as one; alike in all of them, or in the only one, it needs no tags."""
        if len(self.codes) == len(said) and len(set(said.values())) == 1:
            return next(iter(said.values()))
        return "".join(SPAN.format(code, text) for code, text in said.items())

    def name(self) -> str:
        """What lists show of it: the beginning of its prompt."""
        prompt = next(iter(self.said("prompt").values()), "")
        return to_words(prompt)[:LONGEST_NAME] or str(self.question["id"])

    def mode(self, modes: set[str]) -> str:
        """How answers are compared, for formats that compare letter for letter or without regard to case."""
        if modes - {"exact", "folded"} or len(modes) > 1:
            self.note("comparing_changed")
        return "exact" if modes == {"exact"} else "folded"

    def leave_feedback(self, *known: str) -> None:
        """Say that feedback under other keys than `known` is left out."""
        keys = {key for said in self.said("feedback").values() for key in said}
        if keys - set(known):
            self.note("feedback_left_out")


def _at(text: Mapping[str, Any], path: Sequence[str]) -> Any:
    found: Any = text
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def outgoing(question: Mapping[str, Any], language: str) -> Outgoing:
    """A question in one language, or ("") in all that it has. Raises CannotWrite where it is not whole in them."""
    kind = find_type(str(question["type"]))
    if kind is None:
        raise CannotWrite("type_unknown", str(question["type"]))
    codes = [code for code in LANGUAGES if code in question["text"] and language in ("", code)]
    if not codes:
        raise CannotWrite("language_missing")
    content = Content.of({**question, "text": {code: question["text"][code] for code in codes}})
    faults = kind.check(content)
    if faults:
        raise CannotWrite("not_publishable", faults[0].message)
    return Outgoing(question, codes)


def item_of(number: int, question: Mapping[str, Any], name: str, notes: Sequence[Note]) -> Item:
    """What became of a question that was to be written."""
    return Item(number, name, str(question["type"]), question, tuple(notes))
