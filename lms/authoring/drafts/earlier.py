"""Earlier texts: kept when somebody goes on from them, so that nothing that was written is lost."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select

from lms.authoring.models import EarlierText
from lms.db import db
from lms.training.models import DraftItem, DraftText

PAUSE = timedelta(minutes=5)
"""What one person types without such a pause is one text, whatever was saved in between."""
MOST = 50
"""Of an item in a language; the oldest go."""
LOST = 80
"""Letters: a change that takes away so many more than it brings is kept track of at once."""


def keep_earlier(text: DraftText, new: str, *, by: int | None, now: datetime) -> None:
    """Keep what a text says before it is changed to `new`, where that is worth it."""
    old = text.body.get("text", "") if text.body else ""
    if old and old != new and _is_worth_keeping(text, old, new, by, now):
        keep(text)


def keep(text: DraftText) -> None:
    """Keep what a text says, unless that was kept last."""
    latest = db.session.scalar(select(EarlierText.text).where(_of(text)).order_by(EarlierText.id.desc()).limit(1))
    if latest == text.body["text"]:
        return
    earlier = EarlierText(
        item_id=text.item_id,
        language=text.language,
        text=text.body["text"],
        changed_at=text.changed_at,
        changed_by_id=text.changed_by_id,
    )
    db.session.add(earlier)
    db.session.flush()
    _forget_oldest(text)


def _of(text: DraftText) -> ColumnElement[bool]:
    return and_(EarlierText.item_id == text.item_id, EarlierText.language == text.language)


def _is_worth_keeping(text: DraftText, old: str, new: str, by: int | None, now: datetime) -> bool:
    goes_on = text.changed_by_id == by and now - text.changed_at < PAUSE
    return not goes_on or len(old) - len(new) >= min(LOST, len(old))


def _forget_oldest(text: DraftText) -> None:
    kept = db.session.scalars(select(EarlierText.id).where(_of(text)).order_by(EarlierText.id.desc()).limit(MOST))
    db.session.execute(delete(EarlierText).where(_of(text), EarlierText.id.not_in(list(kept))))


def earlier_texts(item: DraftItem) -> Sequence[EarlierText]:
    """All of them, the latest first."""
    return db.session.scalars(
        select(EarlierText).where(EarlierText.item_id == item.id).order_by(EarlierText.id.desc())
    ).all()
