"""Earlier questions: kept whole when somebody goes on from them, by the same measure as earlier texts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from lms.authoring.drafts.diffing import plain
from lms.authoring.drafts.earlier import LOST, MOST, PAUSE
from lms.authoring.drafts.texts import by_language
from lms.authoring.drafts.whole import question_of
from lms.authoring.models import EarlierQuestion
from lms.db import db
from lms.formats import LANGUAGES
from lms.quizzes.question_types import Content
from lms.training.models import DraftItem, DraftText


def keep_earlier_question(item: DraftItem, new: Content, *, by: int | None, now: datetime) -> None:
    """Keep a question as it is before it is changed to `new`, where that is worth it."""
    if not any(plain(text.body) for text in item.texts):
        return
    last = _last_change(item)
    goes_on = last is not None and last[1] == by and now - last[0] < PAUSE
    if not goes_on or _loses_much(item, new):
        keep_question(item)


def keep_question(item: DraftItem) -> None:
    """Keep a question as it is, unless that was kept last."""
    question = _kept(question_of(item, LANGUAGES))
    query = select(EarlierQuestion.question).where(EarlierQuestion.item_id == item.id)
    last = _last_change(item)
    if last is None or db.session.scalar(query.order_by(EarlierQuestion.id.desc()).limit(1)) == question:
        return
    db.session.add(EarlierQuestion(item_id=item.id, question=question, changed_at=last[0], changed_by_id=last[1]))
    db.session.flush()
    _forget_oldest(item)


def _kept(question: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in question.items() if name not in ("id", "type")}


def _last_change(item: DraftItem) -> tuple[datetime, int | None] | None:
    """When and by whom it was changed last, else put in."""
    if item.changed_at is not None:
        return item.changed_at, item.changed_by_id
    text: DraftText | None = max(item.texts, key=lambda text: text.changed_at, default=None)
    return (text.changed_at, text.changed_by_id) if text else None


def _loses_much(item: DraftItem, new: Content) -> bool:
    sizes = {code: len(plain(text.body)) for code, text in by_language(item).items()}
    left = {code: len(plain(dict(new.text[code]))) for code in sizes if code in new.text}
    return any(size and size - left.get(code, size) >= min(LOST, size) for code, size in sizes.items())


def _forget_oldest(item: DraftItem) -> None:
    mine = EarlierQuestion.item_id == item.id
    kept = db.session.scalars(select(EarlierQuestion.id).where(mine).order_by(EarlierQuestion.id.desc()).limit(MOST))
    db.session.execute(delete(EarlierQuestion).where(mine, EarlierQuestion.id.not_in(list(kept))))


def earlier_questions(item: DraftItem) -> Sequence[EarlierQuestion]:
    """All of them, the latest first."""
    return db.session.scalars(
        select(EarlierQuestion).where(EarlierQuestion.item_id == item.id).order_by(EarlierQuestion.id.desc())
    ).all()
