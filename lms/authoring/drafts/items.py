"""Blocks of a lesson and questions of a quiz: their kinds and their order."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.authoring.drafts.fields import is_field
from lms.authoring.drafts.writing import fresh_key, hold, items_of, number, placed, put_after, shifted
from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.training.models import DraftItem, DraftPart

MOST_ITEMS = 200


def content_of(part: DraftPart) -> list[DraftItem]:
    """The blocks or questions in their order."""
    return [item for item in items_of(part) if not is_field(item)]


def add_item(
    part: DraftPart,
    kind: str,
    settings: dict[str, Any],
    after: str | None = None,
    *,
    actor_id: int,
    now: datetime,
) -> DraftItem:
    """An empty block or question behind the item of that public id (the title: before all; none: at the end).

    Raises NotAllowed where there are too many.
    """
    hold(part.draft_id, actor_id=actor_id, now=now)
    there = db.session.scalar(select(func.count()).where(DraftItem.part_id == part.id)) or 0
    if there > MOST_ITEMS:
        raise NotAllowed(_("There can be no more than this. Begin another lesson or quiz."))
    rows = items_of(part)
    item = DraftItem(part=part, key=fresh_key(kind), kind=kind, position=there, settings=settings)
    db.session.add(item)
    db.session.flush()
    behind = next((row for row in rows if row.public_id == after), None)
    ordered = put_after(rows, item, behind)
    number([row for row in ordered if not is_field(row)])
    return item


def move_item(item: DraftItem, by: int, *, actor_id: int, now: datetime) -> None:
    """One place up (-1) or down (1)."""
    hold(item.part.draft_id, actor_id=actor_id, now=now)
    rows = content_of(item.part)
    if item in rows:
        number(shifted(rows, item, by))


def place_item(item: DraftItem, after: str, *, actor_id: int, now: datetime) -> None:
    """Put it behind the one of that public id; before all where there is none of it."""
    hold(item.part.draft_id, actor_id=actor_id, now=now)
    rows = content_of(item.part)
    if item in rows:
        number(placed(rows, item, after))


def remove_item(item: DraftItem, *, actor_id: int, now: datetime) -> None:
    """Take a block or question out; it can be restored. Raises NotAllowed for a field."""
    if is_field(item):
        raise NotAllowed(_("This cannot be deleted."))
    hold(item.part.draft_id, actor_id=actor_id, now=now)
    item.removed_at = now


def change_data(item: DraftItem, changes: dict[str, Any], *, actor_id: int, now: datetime) -> None:
    """Change what a block says once for all languages; what is None is taken out."""
    hold(item.part.draft_id, actor_id=actor_id, now=now)
    merged = {**item.settings.get("data", {}), **changes}
    item.settings = {**item.settings, "data": {name: value for name, value in merged.items() if value is not None}}


def restore_item(item: DraftItem, *, actor_id: int, now: datetime) -> None:
    """Put a deleted block or question back, at the end."""
    hold(item.part.draft_id, actor_id=actor_id, now=now)
    item.removed_at = None
    db.session.flush()
    rows = [row for row in content_of(item.part) if row is not item]
    number(put_after(rows, item, None))


def removed_items(part: DraftPart) -> list[DraftItem]:
    """Deleted blocks or questions, the latest first."""
    query = (
        select(DraftItem)
        .where(DraftItem.part_id == part.id, DraftItem.removed_at.is_not(None))
        .order_by(DraftItem.removed_at.desc())
    )
    return list(db.session.scalars(query))
