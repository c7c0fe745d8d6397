"""Questions of a file in a draft: put in together, taken out together."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from lms.authoring.drafts.items import MOST_ITEMS
from lms.authoring.drafts.reading_trees import put_in_step, question_item
from lms.authoring.drafts.writing import fresh_key, hold, items_of
from lms.authoring.models import QuestionImport
from lms.db import db
from lms.errors import NotAllowed
from lms.exchange.items import Item, Reading, item_from_json
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.text import clean_line
from lms.training.models import DraftItem, DraftPart

MOST_IN_FOLDER = 1000


def room_in(part: DraftPart) -> int:
    """How many questions the quiz or folder can still take."""
    there = db.session.scalar(select(func.count()).where(DraftItem.part_id == part.id)) or 0
    most = MOST_IN_FOLDER if part.draft.module.bank else MOST_ITEMS
    return max(most - there, 0)


def keep_reading(
    part: DraftPart, reading: Reading, filename: str, *, actor_id: int | None, now: datetime
) -> QuestionImport:
    """Keep what was read of a file, to be looked at; what the same person looked at before and left goes."""
    stale = (
        QuestionImport.part_id == part.id,
        QuestionImport.created_by_id == actor_id,
        QuestionImport.imported_at.is_(None),
    )
    db.session.execute(delete(QuestionImport).where(*stale))
    found = QuestionImport(
        part=part,
        filename=clean_line(filename)[:200] or reading.format,
        format=reading.format,
        items=[item.as_json() for item in reading.items],
        created_at=now,
        created_by_id=actor_id,
    )
    db.session.add(found)
    db.session.flush()
    return found


def imports_of(part: DraftPart) -> list[QuestionImport]:
    """The files whose questions were put into the quiz, the latest first."""
    query = (
        select(QuestionImport)
        .where(QuestionImport.part_id == part.id, QuestionImport.imported_at.is_not(None))
        .order_by(QuestionImport.imported_at.desc())
        .limit(20)
    )
    return list(db.session.scalars(query))


def items_in(record: QuestionImport) -> list[Item]:
    """The questions of a file as they were read."""
    return [item_from_json(value) for value in record.items]


def import_chosen(record: QuestionImport, chosen: Collection[int], *, actor_id: int | None, now: datetime) -> int:
    """Put the questions of those numbers at the end of the quiz; gives how many.

    Raises NotAllowed where there is nothing to put, no room for it, or where it was done already.
    """
    part = record.part
    draft = hold(part.draft_id, actor_id=actor_id, now=now)
    questions = [i.question for i in items_in(record) if i.number in chosen and i.question is not None]
    _refuse(record, questions, room_in(part))
    at = max((item.position for item in items_of(part)), default=0)
    for position, question in enumerate(questions, at + 1):
        item = question_item(question, fresh_key(question["type"]), position)
        put_in_step(item, draft.source_language, actor_id, now)
        item.part, item.import_id = part, record.id
        db.session.add(item)
    record.imported_at, record.count = now, len(questions)
    db.session.flush()
    return len(questions)


def _refuse(record: QuestionImport, questions: list[Mapping[str, Any]], room: int) -> None:
    if record.imported_at is not None:
        raise NotAllowed(_("These questions were imported already."))
    if not questions:
        raise NotAllowed(_("Choose a question to import."))
    if len(questions) > room:
        raise NotAllowed(_("There is room for %(most)s more questions only.", most=reader().number(room)))


def undo_import(record: QuestionImport, *, actor_id: int | None, now: datetime) -> tuple[int, int]:
    """Take every question of a file out again. Gives how many went for good, and how many, changed since, were
    deleted so that they can be restored. Raises NotAllowed where it was not imported, or undone already."""
    hold(record.part.draft_id, actor_id=actor_id, now=now)
    if record.imported_at is None or record.undone_at is not None:
        raise NotAllowed(_("There is nothing to undo."))
    gone = changed = 0
    for item in db.session.scalars(select(DraftItem).where(DraftItem.import_id == record.id)):
        if item.revision > 1:
            item.removed_at = item.removed_at or now
            changed += 1
        else:
            db.session.delete(item)
            gone += 1
    record.undone_at = now
    db.session.flush()
    return gone, changed
