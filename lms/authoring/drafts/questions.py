"""Questions of a draft: written through their type's own form, saved as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from lms.authoring.drafts.earlier_questions import keep_earlier_question, keep_question
from lms.authoring.drafts.fields import is_field
from lms.authoring.drafts.texts import by_language, put_text
from lms.authoring.drafts.writing import hold, items_of
from lms.authoring.models import EarlierQuestion
from lms.formats import LANGUAGES
from lms.i18n import reader
from lms.quizzes.question_types import AuthorField, Content, Given, QuestionType, find_type
from lms.training.models import DraftItem


def new_question(kind: QuestionType) -> dict[str, Any]:
    """What is kept of a question of that type before anything is written."""
    return {"mark": 1 if kind.marked else 0, "structure": {}, "scoring": {}}


def follows_case(item: DraftItem) -> bool:
    """Whether a case study stands before a question, with nothing between but questions about it."""
    before = [row for row in items_of(item.part) if not is_field(row) and row.position < item.position]
    for row in reversed(before):
        kind = find_type(row.kind)
        if kind is not None and not kind.asks:
            return True
        if not row.settings.get("in_case"):
            return False
    return False


def content_of(item: DraftItem) -> Content:
    """A question as written so far."""
    text = {code: row.body for code, row in sorted(by_language(item).items(), key=lambda row: LANGUAGES.index(row[0]))}
    return Content(item.settings.get("structure", {}), item.settings.get("scoring", {}), text)


def fields_of(kind: QuestionType, content: Content) -> list[AuthorField]:
    """The studio's form of a question, in all languages; numbers as the reader would type them."""
    return [_as_typed(found) for found in kind.author_fields(content, LANGUAGES)]


def _as_typed(found: AuthorField) -> AuthorField:
    return replace(found, values=tuple(map(_number, found.values))) if found.kind == "number" else found


def _number(written: str) -> str:
    try:
        return reader().typed(Decimal(written))
    except InvalidOperation:
        return written


def given_by(fields: Sequence[AuthorField]) -> Given:
    """What a form with these fields sends when nothing is changed in it."""
    return {field.name: list(field.values) for field in fields}


def language_is_whole(kind_key: str, content: Content, language: str) -> bool:
    """Whether a question lacks nothing in a language."""
    kind = find_type(kind_key)
    if kind is None:
        return bool(content.text.get(language))
    alone = Content(content.structure, content.scoring, {language: content.text.get(language, {})})
    return not any(fault.where.startswith("text") for fault in kind.check(alone))


def save_question(
    item: DraftItem,
    content: Content,
    mark: float,
    tags: Sequence[str],
    *,
    in_case: bool = False,
    seen: int,
    actor_id: int,
    now: datetime,
) -> bool:
    """Save a question as edited; False where somebody else has saved it since it was shown at revision `seen`."""
    draft = hold(item.part.draft_id, actor_id=actor_id, now=now)
    if item.revision != seen:
        return False
    before = normal(item.kind, content_of(item))
    if _differs(item, before, content, mark, tags):
        keep_earlier_question(item, content, by=actor_id, now=now)
        item.changed_at, item.changed_by_id = now, actor_id
    item.revision += 1
    item.settings = {
        **{name: value for name, value in item.settings.items() if name not in ("tags", "in_case")},
        "mark": mark,
        **({"tags": list(tags)} if tags else {}),
        **({"in_case": True} if in_case else {}),
        "structure": dict(content.structure),
        "scoring": dict(content.scoring),
    }
    source = draft.source_language
    for code in sorted(content.text, key=lambda code: code != source):
        body, whole = dict(content.text[code]), language_is_whole(item.kind, content, code)
        stored = by_language(item).get(code)
        if stored is None and not _says_something(body):
            continue
        if stored is not None and before.text.get(code) == body:
            stored.filled = whole
        else:
            put_text(item, code, body, source, filled=whole, in_step=True, by=actor_id, now=now)
    return True


def _differs(item: DraftItem, before: Content, content: Content, mark: float, tags: Sequence[str]) -> bool:
    """Whether saving changes what a question says, is worth or is about."""
    rules = (before.structure, before.scoring, item.settings.get("mark"), item.settings.get("tags", []))
    texts = any(dict(content.text[code]) != before.text.get(code, {}) for code in content.text)
    return texts or rules != (content.structure, content.scoring, mark, list(tags))


def normal(kind_key: str, content: Content) -> Content:
    """The content as its form would give it back: what was written elsewhere may leave empty things out."""
    kind = find_type(kind_key)
    return kind.from_author_form(given_by(kind.author_fields(content, LANGUAGES)), content) if kind else content


def _says_something(body: Any) -> bool:
    if isinstance(body, Mapping):
        return any(_says_something(value) for value in body.values())
    if isinstance(body, list):
        return any(_says_something(value) for value in body)
    return bool(body)


def restore_question(item: DraftItem, earlier: EarlierQuestion, language: str, *, actor_id: int, now: datetime) -> bool:
    """Make a question what it was, or (with a language) only its words in that language; what it is now is kept.

    Words for options that are no more are dropped. False where somebody else saves it at the same time.
    """
    then, present = Content.of(earlier.question), content_of(item)
    settings = item.settings if language else earlier.question
    rules = present if language else then
    words = {language: then.text.get(language, {})} if language else then.text
    content = normal(item.kind, Content(rules.structure, rules.scoring, {**present.text, **words}))
    keep_question(item)
    return save_question(
        item,
        content,
        settings["mark"],
        settings.get("tags", []),
        in_case=bool(item.settings.get("in_case")),
        seen=item.revision,
        actor_id=actor_id,
        now=now,
    )
