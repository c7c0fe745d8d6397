"""From a draft to the canonical tree."""

from collections.abc import Sequence
from typing import Any

from lms.authoring.drafts.fields import INTRO, ROLE, SOURCE, SUMMARY, TITLE, field_key, is_field
from lms.authoring.drafts.pools import Pool, Pools, pools_of
from lms.authoring.drafts.texts import by_language
from lms.authoring.drafts.whole import question_of, whole_parts
from lms.formats import LANGUAGES
from lms.training.blocks import is_for
from lms.training.media import media_named
from lms.training.models import Draft, DraftItem, DraftPart, PartKind
from lms.training.tree import FORMAT_VERSION, Tree, canonical_tree
from lms.training.tree_media import file_names

WORDS_A_MINUTE = 160
"""How fast a lesson is read whose minutes nobody gave."""


def tree_of_draft(draft: Draft, languages: Sequence[str]) -> Tree:
    """What a draft says in these languages, whole or not: `check_tree` tells."""
    return tree_of_parts(draft, whole_parts(draft), languages)


def tree_of_parts(draft: Draft, parts: list[DraftPart], languages: Sequence[str], pools: Pools | None = None) -> Tree:
    """The same, of parts already loaded, and what they draw from the bank where that was read too."""
    drawn = pools_of(draft, parts) if pools is None else pools
    chosen = [code for code in LANGUAGES if code in languages]
    head = next(part for part in parts if part.kind == PartKind.HEAD)
    sequence = [part for part in parts if part.kind != PartKind.HEAD]
    quiz_parts = [part for part in sequence if part.kind == PartKind.QUIZ]
    manifest = {
        "format_version": FORMAT_VERSION,
        "id": draft.module.key,
        "source_language": draft.source_language if draft.source_language in chosen or not chosen else chosen[0],
        "languages": chosen,
        "title": _field(head, TITLE, chosen),
        **_optional(head, SUMMARY, chosen),
        "sequence": [_entry(part) for part in sequence],
    }
    lessons = {part.key: lesson_of(part, chosen) for part in sequence if part.kind == PartKind.LESSON}
    quizzes = {part.key: _quiz(part, chosen, drawn.get(part.key, ())) for part in quiz_parts}
    names = [name for part in lessons.values() for block in part["lesson"]["blocks"] for name in _files(block)]
    return canonical_tree(Tree(manifest, lessons, quizzes, media_named(draft.module, names)))


def _entry(part: DraftPart) -> dict[str, Any]:
    """A part as the sequence names it, with what it is to the module."""
    role = {name: part.settings[name] for name in ROLE if name in part.settings}
    return {part.kind: part.key, **role, "required": part.required}


def _files(block: dict[str, Any]) -> list[str]:
    return file_names(block.get("data", {}))


def _field(part: DraftPart, name: str, languages: Sequence[str]) -> dict[str, str]:
    item = next((item for item in part.items if item.key == field_key(name)), None)
    texts = by_language(item) if item else {}
    return {code: texts[code].body["text"] for code in languages if code in texts and texts[code].filled}


def _optional(part: DraftPart, name: str, languages: Sequence[str]) -> dict[str, Any]:
    found = _field(part, name, languages)
    return {name: found} if found else {}


def questions_of(part: DraftPart, languages: Sequence[str] = LANGUAGES) -> list[dict[str, Any]]:
    """A quiz's own questions, or those of a folder, in their order, as in a quiz file."""
    return [question_of(item, languages) for item in _content(part)]


def _content(part: DraftPart) -> list[DraftItem]:
    return [item for item in part.items if item.removed_at is None and not is_field(item)]


def _head(part: DraftPart, second: str, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "id": part.key,
        **{name: value for name, value in part.settings.items() if name not in ROLE},
        "title": _field(part, TITLE, languages),
        **_optional(part, second, languages),
    }


def lesson_of(part: DraftPart, languages: Sequence[str]) -> dict[str, Any]:
    """A lesson as it stands in a tree: its `lesson`, and its `texts` by language and block, as far as written."""
    blocks = [({"id": item.key, "kind": item.kind, **item.settings}, by_language(item)) for item in _content(part)]
    texts = {
        code: {
            block["id"]: found[code].body["text"]
            for block, found in blocks
            if is_for(block, code) and code in found and found[code].filled
        }
        for code in languages
    }
    lesson = {"minutes": _minutes(texts), **_head(part, SOURCE, languages), "blocks": [block for block, _ in blocks]}
    return {"lesson": lesson, "texts": texts}


def _minutes(texts: dict[str, dict[str, str]]) -> int:
    words = max((sum(len(text.split()) for text in found.values()) for found in texts.values()), default=0)
    return max(1, round(words / WORDS_A_MINUTE))


def _quiz(part: DraftPart, languages: Sequence[str], pools: Sequence[Pool]) -> dict[str, Any]:
    pinned = [question for pool in pools for question in pool.pinned(languages)]
    return {**_head(part, INTRO, languages), "questions": [*questions_of(part, languages), *pinned]}
