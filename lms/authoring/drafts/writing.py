"""The way in which every change of a draft is made: one writer at a time, and every change counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lms.db import db
from lms.text import short_id
from lms.training.models import Draft, DraftItem, DraftPart

Row = TypeVar("Row", bound=DraftPart | DraftItem)


def hold(draft_id: int, *, actor_id: int | None, now: datetime) -> Draft:
    """Make the caller the only writer of the draft until the end of the transaction, and note the change.

    What was read before is forgotten: another writer may have changed it until the lock was ours.
    """
    db.session.flush()
    db.session.execute(select(Draft.id).where(Draft.id == draft_id).with_for_update())
    db.session.expire_all()
    draft = db.session.get_one(Draft, draft_id)
    draft.revision += 1
    draft.changed_at, draft.changed_by_id = now, actor_id
    return draft


def parts_of(draft: Draft) -> list[DraftPart]:
    """The parts in their order, the head first, without those deleted."""
    query = (
        select(DraftPart)
        .where(DraftPart.draft_id == draft.id, DraftPart.removed_at.is_(None))
        .order_by(DraftPart.position, DraftPart.id)
    )
    return list(db.session.scalars(query))


def items_of(part: DraftPart) -> list[DraftItem]:
    """The blocks or questions of a part in their order, fields first, without those deleted."""
    query = (
        select(DraftItem)
        .where(DraftItem.part_id == part.id, DraftItem.removed_at.is_(None))
        .order_by(DraftItem.position, DraftItem.id)
        .options(selectinload(DraftItem.texts))
    )
    return list(db.session.scalars(query))


def fresh_key(stem: str) -> str:
    """A key that no part, block or question ever had, deleted and older ones included: learners' facts name keys."""
    return f"{stem.replace('_', '-')}-{short_id(6)}"


def put_after(rows: Sequence[Row], row: Row, after: Row | None) -> list[Row]:
    """The rows with `row` behind `after`; at the end where `after` is None or not among them."""
    at = rows.index(after) + 1 if after is not None and after in rows else len(rows)
    return [*rows[:at], row, *rows[at:]]


def shifted(rows: Sequence[Row], row: Row, by: int) -> list[Row]:
    """The rows with `row` one place up (-1) or down (1); unchanged at the edge."""
    at = rows.index(row)
    to = min(max(at + by, 0), len(rows) - 1)
    rest = [other for other in rows if other is not row]
    return [*rest[:to], row, *rest[to:]]


def placed(rows: Sequence[Row], row: Row, after: str) -> list[Row]:
    """The rows with `row` behind the one of that public id, before all where there is none."""
    rest = [other for other in rows if other is not row]
    at = next((place for place, other in enumerate(rest, 1) if other.public_id == after), 0)
    return [*rest[:at], row, *rest[at:]]


def number(rows: Sequence[DraftPart | DraftItem]) -> None:
    """Write the order of rows down, from 1: 0 is the place of heads and fields."""
    for position, row in enumerate(rows, 1):
        row.position = position
