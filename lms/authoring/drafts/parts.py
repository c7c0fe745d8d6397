"""The parts of a draft: lessons and quizzes in the module's one sequence."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from lms.authoring.drafts.fields import HEAD_KEY, new_fields
from lms.authoring.drafts.writing import fresh_key, hold, number, parts_of, placed, put_after, shifted
from lms.db import db
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.training.models import Draft, DraftPart, PartKind

MOST_PARTS = 100
NEW_SETTINGS: dict[PartKind, dict[str, Any]] = {
    PartKind.LESSON: {},
    PartKind.QUIZ: {"pass_mark": 70, "attempts": 3, "shuffle": True, "show_key": "after_last_attempt"},
}


def new_head() -> DraftPart:
    """The part that holds a module's title and summary."""
    return DraftPart(kind=PartKind.HEAD, key=HEAD_KEY, position=0, settings={}, items=new_fields(PartKind.HEAD))


def head_of(draft: Draft) -> DraftPart:
    """The part that holds the module's title and summary."""
    return next(part for part in draft.parts if part.kind == PartKind.HEAD)


def sequence_of(draft: Draft) -> list[DraftPart]:
    """Lessons and quizzes in their order."""
    return [part for part in parts_of(draft) if part.kind != PartKind.HEAD]


def add_part(draft: Draft, kind: PartKind, *, actor_id: int | None, now: datetime) -> DraftPart:
    """An empty lesson or quiz at the end. Raises NotAllowed where there are too many."""
    draft = hold(draft.id, actor_id=actor_id, now=now)
    there = db.session.scalar(select(func.count()).where(DraftPart.draft_id == draft.id)) or 0
    if there > MOST_PARTS:
        raise NotAllowed(_("A module can have no more parts than this."))
    part = DraftPart(
        draft=draft,
        kind=kind,
        key=fresh_key(kind),
        position=there,
        settings=dict(NEW_SETTINGS[kind]),
        items=new_fields(kind),
    )
    db.session.add(part)
    db.session.flush()
    number(put_after(_others(draft, part), part, None))
    return part


def _others(draft: Draft, part: DraftPart) -> list[DraftPart]:
    return [other for other in sequence_of(draft) if other is not part]


def move_part(part: DraftPart, by: int, *, actor_id: int, now: datetime) -> None:
    """One place up (-1) or down (1)."""
    draft = hold(part.draft_id, actor_id=actor_id, now=now)
    rows = sequence_of(draft)
    if part in rows:
        number(shifted(rows, part, by))


def place_part(part: DraftPart, after: str, *, actor_id: int, now: datetime) -> None:
    """Put it behind the one of that public id; before all where there is none of it."""
    draft = hold(part.draft_id, actor_id=actor_id, now=now)
    rows = sequence_of(draft)
    if part in rows:
        number(placed(rows, part, after))


def require_part(part: DraftPart, required: bool, *, actor_id: int, now: datetime) -> None:
    """Say whether the module is completed only with this part."""
    hold(part.draft_id, actor_id=actor_id, now=now)
    part.required = required


def remove_part(part: DraftPart, *, actor_id: int | None, now: datetime) -> None:
    """Take a lesson or quiz out; it can be restored. Raises NotAllowed for the head."""
    if part.kind == PartKind.HEAD:
        raise NotAllowed(_("This cannot be deleted."))
    hold(part.draft_id, actor_id=actor_id, now=now)
    part.removed_at = now


def restore_part(part: DraftPart, *, actor_id: int, now: datetime) -> None:
    """Put a deleted part back, at the end."""
    draft = hold(part.draft_id, actor_id=actor_id, now=now)
    part.removed_at = None
    db.session.flush()
    number(put_after(_others(draft, part), part, None))


def change_settings(part: DraftPart, changes: dict[str, Any], *, actor_id: int, now: datetime) -> None:
    """Change a lesson's minutes or a quiz's rules; what is None is taken out. What becomes an entry quiz stands first
    from now on, and is optional."""
    merged = {name: value for name, value in {**part.settings, **changes}.items() if value is not None}
    if merged != part.settings:
        draft = hold(part.draft_id, actor_id=actor_id, now=now)
        if "before" in merged.keys() - part.settings.keys():
            part.required = False
            number(placed(sequence_of(draft), part, ""))
        part.settings = merged


def removed_parts(draft: Draft) -> list[DraftPart]:
    """Deleted lessons and quizzes, the latest first."""
    query = (
        select(DraftPart)
        .where(DraftPart.draft_id == draft.id, DraftPart.removed_at.is_not(None))
        .order_by(DraftPart.removed_at.desc())
    )
    return list(db.session.scalars(query))
