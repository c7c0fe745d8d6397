"""Questions between quizzes and the bank: copies that know what they were copied from."""

from collections.abc import Sequence
from datetime import datetime

from lms.authoring.drafts.importing import room_in
from lms.authoring.drafts.items import content_of
from lms.authoring.drafts.questions import content_of as question_content
from lms.authoring.drafts.questions import save_question
from lms.authoring.drafts.reading_trees import put_in_step, question_item
from lms.authoring.drafts.whole import question_of
from lms.authoring.drafts.writing import fresh_key, hold
from lms.db import db
from lms.errors import NotAllowed
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.tags import read_tags, tag_key, tags_fault
from lms.training.models import DraftItem, DraftPart


def take_from_bank(part: DraftPart, questions: Sequence[DraftItem], *, actor_id: int, now: datetime) -> int:
    """Copy questions of a bank to the end of a quiz, those that it has from there left out; gives how many.

    Raises NotAllowed where there is nothing to copy, or no room for it.
    """
    hold(part.draft_id, actor_id=actor_id, now=now)
    there = {item.origin_id for item in content_of(part)}
    wanted = [item for item in questions if item.id not in there and item.removed_at is None]
    if not wanted:
        raise NotAllowed(_("Choose a question that this quiz does not have yet."))
    room = room_in(part)
    if len(wanted) > room:
        raise NotAllowed(_("There is room for %(most)s more questions only.", most=reader().number(room)))
    for original in wanted:
        copied = _copy(original, part, actor_id, now)
        copied.origin_id, copied.origin_revision = original.id, original.revision
    db.session.flush()
    return len(wanted)


def put_into_bank(folder: DraftPart, questions: Sequence[DraftItem], *, actor_id: int, now: datetime) -> int:
    """Copy questions of a quiz, those that came from a bank left out, into a folder; from then on they come from there.

    Gives how many. Raises NotAllowed where there is none, or no room.
    """
    hold(folder.draft_id, actor_id=actor_id, now=now)
    wanted = [item for item in questions if item.origin_id is None and item.removed_at is None]
    if not wanted:
        raise NotAllowed(_("All questions of this quiz are in the bank already."))
    if len(wanted) > room_in(folder):
        raise NotAllowed(_("This folder is full. Begin another one."))
    for item in wanted:
        copied = _copy(item, folder, actor_id, now)
        item.origin_id, item.origin_revision = copied.id, copied.revision
    db.session.flush()
    return len(wanted)


def _copy(original: DraftItem, part: DraftPart, actor_id: int, now: datetime) -> DraftItem:
    question = question_of(original, LANGUAGES)
    at = max((item.position for item in content_of(part)), default=0)
    copied = question_item(question, fresh_key(original.kind), at + 1)
    put_in_step(copied, part.draft.source_language, actor_id, now)
    copied.part = part
    db.session.add(copied)
    db.session.flush()
    return copied


def original_of(item: DraftItem) -> DraftItem | None:
    """The question of the bank that it was copied from, where that is still there."""
    original = db.session.get(DraftItem, item.origin_id) if item.origin_id else None
    return original if original is not None and original.removed_at is None else None


def follow_bank(item: DraftItem, *, actor_id: int, now: datetime) -> bool:
    """Make a question say what its original in the bank says now; False where it has none any more."""
    original = original_of(item)
    if original is None or original.kind != item.kind:
        return False
    content, settings = question_content(original), original.settings
    tags, mark = settings.get("tags", []), settings.get("mark", 1)
    saved = save_question(item, content, mark, tags, seen=item.revision, actor_id=actor_id, now=now)
    item.origin_revision = original.revision
    return saved


def move_to_folder(questions: Sequence[DraftItem], folder: DraftPart, *, actor_id: int, now: datetime) -> int:
    """Put questions of a bank into another of its folders; gives how many moved."""
    hold(folder.draft_id, actor_id=actor_id, now=now)
    moved = [item for item in questions if item.part_id != folder.id]
    at = max((item.position for item in content_of(folder)), default=0)
    for position, item in enumerate(moved, at + 1):
        item.part, item.position = folder, position
    db.session.flush()
    return len(moved)


def add_tags(questions: Sequence[DraftItem], typed: str, *, actor_id: int, now: datetime) -> int:
    """Give questions more tags; gives how many changed. Raises NotAllowed for tags that cannot be."""
    tags = read_tags(typed)
    if not tags:
        raise NotAllowed(_("Write a tag."))
    changed = 0
    for item in questions:
        hold(item.part.draft_id, actor_id=actor_id, now=now)
        known = list(item.settings.get("tags", []))
        more = [tag for tag in tags if tag_key(tag) not in set(map(tag_key, known))]
        if fault := tags_fault([*known, *more]):
            raise NotAllowed(fault)
        if more:
            item.settings = {**item.settings, "tags": [*known, *more]}
            changed += 1
    return changed
