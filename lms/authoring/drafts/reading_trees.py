"""From the canonical tree to a draft."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lms.authoring.drafts.fields import INTRO, ROLE, SOURCE, SUMMARY, TITLE, field_key, new_fields
from lms.authoring.drafts.parts import new_head
from lms.authoring.drafts.questions import language_is_whole
from lms.quizzes.question_types import Content
from lms.training.models import Draft, DraftItem, DraftPart, DraftText, Module, PartKind
from lms.training.tree import Tree

Texts = Mapping[str, str]
ELSEWHERE = {
    PartKind.LESSON: {"format_version", "id", "title", "source", "blocks"},
    PartKind.QUIZ: {"format_version", "id", "title", "intro", "questions"},
}
"""What of a lesson or quiz is not among its settings."""


def draft_of(module: Module, tree: Tree, *, actor_id: int | None, now: datetime) -> Draft:
    """A draft of the module that says what the tree says, all texts in step."""
    manifest = tree.manifest
    draft = Draft(module=module, source_language=manifest["source_language"], changed_at=now, changed_by_id=actor_id)
    head = new_head()
    _fill_fields(head, {TITLE: manifest["title"], SUMMARY: manifest.get("summary", {})})
    draft.parts = [head, *_parts(tree)]
    for part in draft.parts:
        for item in part.items:
            put_in_step(item, draft.source_language, actor_id, now)
    return draft


def _parts(tree: Tree) -> Iterator[DraftPart]:
    for position, entry in enumerate(tree.manifest["sequence"], 1):
        part = _lesson(tree.lessons[entry["lesson"]]) if "lesson" in entry else _quiz(tree.quizzes[entry["quiz"]])
        part.position, part.required = position, entry["required"]
        part.settings |= {name: entry[name] for name in ROLE if name in entry}
        yield part


def _part(kind: PartKind, file: dict[str, Any], second: str) -> DraftPart:
    settings = {name: value for name, value in file.items() if name not in ELSEWHERE[kind]}
    part = DraftPart(kind=kind, key=file["id"], settings=settings, items=new_fields(kind))
    _fill_fields(part, {TITLE: file["title"], second: file.get(second, {})})
    return part


def _fill_fields(part: DraftPart, texts: Mapping[str, Texts]) -> None:
    for item in part.items:
        for name, found in texts.items():
            if item.key == field_key(name):
                item.texts = [_text(code, {"text": text}) for code, text in found.items() if text]


def _lesson(part: dict[str, Any]) -> DraftPart:
    lesson = _part(PartKind.LESSON, part["lesson"], SOURCE)
    for position, block in enumerate(part["lesson"]["blocks"], 1):
        settings = {name: value for name, value in block.items() if name not in ("id", "kind")}
        item = DraftItem(key=block["id"], kind=block["kind"], position=position, settings=settings)
        texts = {code: found[block["id"]] for code, found in part["texts"].items() if block["id"] in found}
        item.texts = [_text(code, {"text": text}) for code, text in texts.items()]
        lesson.items.append(item)
    return lesson


def _quiz(file: dict[str, Any]) -> DraftPart:
    quiz = _part(PartKind.QUIZ, file, INTRO)
    # What is drawn from a bank stays there.
    own = [question for question in file["questions"] if "pool" not in question]
    quiz.items += [question_item(question, question["id"], at) for at, question in enumerate(own, 1)]
    return quiz


def question_item(question: Mapping[str, Any], key: str, position: int) -> DraftItem:
    """A question of a quiz file as an item of a draft, of no part yet."""
    settings = {name: value for name, value in question.items() if name not in ("id", "type", "text")}
    item = DraftItem(key=key, kind=question["type"], position=position, settings=settings)
    content = Content.of(question)
    item.texts = [
        _text(code, dict(body), filled=language_is_whole(item.kind, content, code))
        for code, body in content.text.items()
    ]
    return item


def _text(language: str, body: dict[str, Any], *, filled: bool = True) -> DraftText:
    return DraftText(language=language, body=body, filled=filled, revision=1)


def put_in_step(item: DraftItem, source: str, actor_id: int | None, now: datetime) -> None:
    """Say that all texts of a new item say the same as its source."""
    has_source = any(text.language == source for text in item.texts)
    for text in item.texts:
        text.changed_at, text.changed_by_id = now, actor_id
        text.based_on = None if text.language == source else int(has_source)
