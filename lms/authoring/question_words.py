"""A question in words, to be compared with what it was: its texts language by language, and all else once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lms.authoring.drafts.diffing import Piece, differences
from lms.authoring.drafts.questions import fields_of
from lms.authoring.question_rows import Layout, layout_of
from lms.db import text_of
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.quizzes.question_types import AuthorField, Content, QuestionType


@dataclass(frozen=True)
class Words:
    """What a question says, by language, and how it is marked, in the reader's language."""

    texts: Mapping[str, str]
    rules: str


def words_of(kind: QuestionType, question: Mapping[str, Any]) -> Words:
    """A question of a quiz file in words, a line each, as its form has it."""
    fields = fields_of(kind, Content.of(question))
    texts = {
        code: "\n".join(value for found in fields if found.language == code for value in found.values if value)
        for code in LANGUAGES
    }
    return Words(texts, "\n".join([*_settings(kind, question), *_rules(layout_of(fields))]))


def _settings(kind: QuestionType, question: Mapping[str, Any]) -> Iterator[str]:
    if kind.marked:
        yield f"{_('Mark')}: {reader().number(question.get('mark', 1))}"
    if question.get("tags"):
        yield f"{_('Tags')}: {reader().join(question['tags'])}"


def _rules(layout: Layout) -> Iterator[str]:
    for found in layout.shared:
        yield from _line("", found, layout)
    for group in layout.groups:
        for found in group.shared:
            yield from _line(f"{group.label} · ", found, layout)


def _line(about: str, found: AuthorField, layout: Layout) -> Iterator[str]:
    if found.kind == "check":
        yield from [f"{about}{found.label}"] if found.values else []
        return
    said = [words for value in found.values if (words := _said(value, found, layout))]
    if said:
        yield f"{about}{found.label}: {reader().join(said)}"


def _said(value: str, found: AuthorField, layout: Layout) -> str:
    """A value in words: a choice by what it says, in the reader's language."""
    label = next((str(label) for key, label in found.choices if key == value), value)
    return text_of(layout.words(value), language()) or label


@dataclass(frozen=True)
class Difference:
    """How a question was and is."""

    texts: Mapping[str, tuple[Piece, ...]]
    rules: tuple[Piece, ...]


def difference(then: Words, now: Words) -> Difference:
    """What is other now."""
    changed = [code for code in LANGUAGES if then.texts[code] != now.texts[code]]
    texts = {code: differences(then.texts[code], now.texts[code]) for code in changed}
    return Difference(texts, differences(then.rules, now.rules) if then.rules != now.rules else ())
