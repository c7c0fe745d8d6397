"""Drafts read whole: in few statements, however much is in them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import selectinload

from lms.authoring.drafts.texts import by_language
from lms.db import db
from lms.training.models import Draft, DraftItem, DraftPart


def whole_parts(draft: Draft, keys: Collection[str] | None = None) -> list[DraftPart]:
    """The parts with all their items and texts, or those with these keys, in three statements."""
    query = (
        select(DraftPart)
        .where(DraftPart.draft_id == draft.id, DraftPart.removed_at.is_(None))
        .where(true() if keys is None else DraftPart.key.in_(keys))
        .order_by(DraftPart.position, DraftPart.id)
        .options(selectinload(DraftPart.items).selectinload(DraftItem.texts))
    )
    return list(db.session.scalars(query))


def question_of(item: DraftItem, languages: Sequence[str]) -> dict[str, Any]:
    """A question of a draft as in a quiz file, in these languages."""
    texts = by_language(item)
    text = {code: texts[code].body for code in languages if code in texts}
    return {"id": item.key, "type": item.kind, **item.settings, "text": text}
