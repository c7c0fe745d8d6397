"""Which quizzes draw from a bank."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import String, cast, select
from sqlalchemy.orm import joinedload, selectinload

from lms.authoring.drafts.pools import rules_of
from lms.authoring.hindrances import title_of
from lms.db import db
from lms.quizzes.tags import tag_key
from lms.training.models import Draft, DraftItem, DraftPart, Module, PartKind


@dataclass(frozen=True)
class Drawing:
    """A draw of a quiz: how many questions, of which folder (empty: the whole bank), with which tag (empty: any)."""

    part: DraftPart
    title: str
    count: int
    key: str
    folder: str
    tag: str

    def takes(self, item: DraftItem) -> bool:
        """Whether it names a question of the bank."""
        tags = map(tag_key, item.settings.get("tags", []))
        return self.key in ("", item.part.key) and (not self.tag or tag_key(self.tag) in tags)


def drawings_from(bank: Module, folders: Mapping[str, str]) -> list[Drawing]:
    """The draws from a bank, those of quizzes changed first; `folders`: its folders' names by key."""
    owner = Module.network_id.is_(None) if bank.network_id is None else Module.network_id == bank.network_id
    query = (
        select(DraftPart)
        .join(Draft)
        .join(Module, Module.id == Draft.module_id)
        .where(owner, Module.bank.is_(False), Module.archived_at.is_(None), DraftPart.removed_at.is_(None))
        .where(DraftPart.kind == PartKind.QUIZ, cast(DraftPart.settings, String).contains('"pools"'))
        .options(joinedload(DraftPart.draft).joinedload(Draft.module))
        .options(selectinload(DraftPart.items).selectinload(DraftItem.texts))
        .order_by(Draft.changed_at.desc(), DraftPart.position)
    )
    rules = [(part, rule) for part in db.session.scalars(query).unique() for rule in rules_of(part)]
    named = [(part, rule, rule.get("folder", "")) for part, rule in rules]
    return [
        Drawing(part, title_of(part), rule["count"], key, folders.get(key, ""), rule.get("tag", ""))
        for part, rule, key in named
        if key in {"", *folders}
    ]
