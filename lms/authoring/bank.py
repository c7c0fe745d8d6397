"""What the bank's pages show: questions found by folded words and tags, where each is used, which are alike."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lms.authoring.alike import pairs
from lms.authoring.drafts.banks import find_bank, folder_name
from lms.authoring.drafts.fields import is_field
from lms.authoring.drafts.whole import whole_parts
from lms.authoring.hindrances import title_of
from lms.authoring.labels import prompt_of, type_label
from lms.authoring.queries import owners_for
from lms.db import Texts, db
from lms.formats import LANGUAGES
from lms.quizzes.tags import tag_key
from lms.security.actor import Actor
from lms.text import search_terms, search_text
from lms.training.models import Draft, DraftItem, DraftPart, Module


@dataclass(frozen=True)
class Use:
    """A quiz that has a question of the bank."""

    part: DraftPart
    title: str
    #: Whether the question in the bank was changed since.
    behind: bool


@dataclass(frozen=True)
class Kept:
    """A question of the bank."""

    item: DraftItem
    folder: str
    prompt: str
    type_label: str
    tags: list[str]
    languages: list[str]


@dataclass(frozen=True)
class Wish:
    """What is looked for."""

    words: str = ""
    tag: str = ""
    folder: str = ""


def banks_for(actor: Actor) -> list[tuple[int | None, Texts | None, Module | None]]:
    """The owners for whom she writes, each with its bank where it has one."""
    return [(number, names, find_bank(number)) for number, names in owners_for(actor)]


def questions_in(bank: Module) -> list[Kept]:
    """All questions of a bank, folder by folder."""
    return [_kept(item, name) for part, name in _folders(bank) for item in part.items if _is_there(item)]


def _folders(bank: Module) -> Iterator[tuple[DraftPart, str]]:
    parts = whole_parts(bank.draft)[1:] if bank.draft else []
    yield from ((part, folder_name(part)) for part in parts)


def _is_there(item: DraftItem) -> bool:
    return item.removed_at is None and not is_field(item)


def _kept(item: DraftItem, folder: str) -> Kept:
    whole = {text.language for text in item.texts if text.filled}
    languages = [code for code in LANGUAGES if code in whole]
    return Kept(item, folder, prompt_of(item), type_label(item), list(item.settings.get("tags", [])), languages)


def found(questions: Sequence[Kept], wish: Wish) -> list[Kept]:
    """Those that have every word, in any spelling, the tag, and lie in the folder."""
    terms, tag = search_terms(wish.words), tag_key(wish.tag)
    return [
        each
        for each in questions
        if (not wish.folder or each.item.part.public_id == wish.folder)
        and (not tag or tag in map(tag_key, each.tags))
        and all(f" {term}" in _haystack(each) for term in terms)
    ]


def _haystack(each: Kept) -> str:
    said = [f" {search_text(word, text.language)}" for text in each.item.texts for word in _words(text.body)]
    return "".join([*said, *(f" {search_text(tag, 'fa')}" for tag in each.tags)])


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def tags_of(questions: Sequence[Kept]) -> list[tuple[str, int]]:
    """The tags of questions and how many have each, the most frequent first."""
    return Counter(tag for each in questions for tag in each.tags).most_common(40)


def uses_of(items: Sequence[DraftItem]) -> dict[int, list[Use]]:
    """Where questions of a bank are used, by their id."""
    revisions = {item.id: item.revision for item in items}
    query = (
        select(DraftItem)
        .join(DraftPart)
        .join(Draft)
        .join(Module, Module.id == Draft.module_id)
        .where(
            DraftItem.origin_id.in_(revisions),
            DraftItem.removed_at.is_(None),
            DraftPart.removed_at.is_(None),
            Module.archived_at.is_(None),
        )
        .options(joinedload(DraftItem.part).selectinload(DraftPart.items).selectinload(DraftItem.texts))
        .options(joinedload(DraftItem.part).joinedload(DraftPart.draft).joinedload(Draft.module))
        .order_by(DraftItem.id)
    )
    uses: dict[int, list[Use]] = {}
    for copied in db.session.scalars(query).unique():
        origin = copied.origin_id or 0
        behind = (copied.origin_revision or 0) < revisions[origin]
        uses.setdefault(origin, []).append(Use(copied.part, title_of(copied.part), behind))
    return uses


def alike(questions: Sequence[Kept]) -> list[tuple[Kept, Kept]]:
    """Pairs of questions that say nearly the same."""
    by_id = {each.item.id: each for each in questions}
    return [(by_id[a], by_id[b]) for a, b in pairs([(each.item.id, each.prompt) for each in questions])]


def chosen_in(bank: Module, public_ids: Sequence[str]) -> list[DraftItem]:
    """The questions of a bank that have these public ids, in the order of the bank."""
    query = (
        select(DraftItem)
        .join(DraftPart)
        .join(Draft)
        .where(Draft.module_id == bank.id, DraftItem.public_id.in_(public_ids), DraftItem.removed_at.is_(None))
        .where(DraftPart.removed_at.is_(None), DraftItem.key.not_like("@%"))
        .options(selectinload(DraftItem.texts), joinedload(DraftItem.part))
        .order_by(DraftPart.position, DraftItem.position)
    )
    return list(db.session.scalars(query))
