"""Copies: of a block or question, of a lesson or quiz, of a whole draft."""

from datetime import datetime

from sqlalchemy import func, select

from lms.authoring.drafts.fields import ROLE, TITLE, field_key, is_field
from lms.authoring.drafts.items import MOST_ITEMS
from lms.authoring.drafts.parts import MOST_PARTS, sequence_of
from lms.authoring.drafts.texts import by_language
from lms.authoring.drafts.writing import fresh_key, hold, items_of, number, parts_of, put_after
from lms.authoring.events import ModuleCreated
from lms.db import db
from lms.errors import NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.training.media import facts_of_row, give_media, media_of
from lms.training.models import Draft, DraftItem, DraftPart, DraftText, Module, PartKind

COPY = {"fa": "رونوشت", "ar": "نسخة", "en": "copy"}
"""What stands behind a copy's title, in the language of the title."""


def copy_item(item: DraftItem, *, actor_id: int, now: datetime) -> DraftItem:
    """A block or question once more, behind it. Raises NotAllowed where there are too many."""
    hold(item.part.draft_id, actor_id=actor_id, now=now)
    rows = [row for row in items_of(item.part) if not is_field(row)]
    if len(rows) >= MOST_ITEMS:
        raise NotAllowed(_("There can be no more than this. Begin another lesson or quiz."))
    twin = _twin(item, fresh_key(item.kind))
    item.part.items.append(twin)
    db.session.flush()
    number(put_after(rows, twin, item))
    return twin


def copy_part(part: DraftPart, *, actor_id: int, now: datetime) -> DraftPart:
    """A lesson or quiz once more, behind it. Raises NotAllowed where there are too many."""
    draft = hold(part.draft_id, actor_id=actor_id, now=now)
    there = db.session.scalar(select(func.count()).where(DraftPart.draft_id == draft.id)) or 0
    if there > MOST_PARTS:
        raise NotAllowed(_("A module can have no more parts than this."))
    rows = sequence_of(draft)
    twin = _part_twin(part, fresh_key(part.kind), fresh=True)
    twin.draft = draft
    _entitle(twin)
    db.session.add(twin)
    db.session.flush()
    number(put_after(rows, twin, part))
    return twin


def copy_module(module: Module, *, actor_id: int, now: datetime) -> Module:
    """A module of the same owner that begins as this one's draft. Raises NotAllowed where it has none."""
    if module.draft is None:
        raise NotAllowed(_("There is no draft to copy."))
    twin = Module(
        key=fresh_key(module.key[:60]),
        titles=_marked(module.titles),
        network_id=module.network_id,
        derived_from_id=module.id,
        created_at=now,
    )
    draft = Draft(module=twin, source_language=module.draft.source_language, changed_at=now, changed_by_id=actor_id)
    draft.parts = [_part_twin(part, part.key, fresh=False) for part in parts_of(module.draft)]
    _entitle(next(part for part in draft.parts if part.kind == PartKind.HEAD))
    db.session.add(draft)
    db.session.flush()
    files = {name: facts_of_row(row) for name, row in media_of(module).items()}
    give_media(twin, files, actor_id=actor_id, now=now)
    emit(
        ModuleCreated(
            at=now, actor_id=actor_id, module_id=twin.id, network_id=twin.network_id, derived_from_id=module.id
        )
    )
    return twin


def _part_twin(part: DraftPart, key: str, *, fresh: bool) -> DraftPart:
    """A part with all that is in it; `fresh`: beside it, so its blocks and questions get keys of their own, and it is
    to the module what a new part is."""
    settings = {name: value for name, value in part.settings.items() if not (fresh and name in ROLE)}
    twin = DraftPart(kind=part.kind, key=key, position=part.position, required=part.required, settings=settings)
    for item in items_of(part):
        own = fresh and not is_field(item)
        twin.items.append(_twin(item, fresh_key(item.kind) if own else item.key))
    return twin


def _twin(item: DraftItem, key: str) -> DraftItem:
    twin = DraftItem(key=key, kind=item.kind, position=item.position, settings=dict(item.settings))
    source = item.part.draft.source_language
    original = by_language(item).get(source)
    twin.texts = [_text_twin(text, original if text.language != source else None) for text in item.texts]
    return twin


def _text_twin(text: DraftText, original: DraftText | None) -> DraftText:
    """A text as new; what was behind its source stays behind."""
    in_step = original is not None and text.based_on == original.revision
    return DraftText(
        language=text.language,
        body=dict(text.body),
        filled=text.filled,
        revision=1,
        based_on=None if original is None else int(in_step),
        basis=text.basis,
        changed_at=text.changed_at,
        changed_by_id=text.changed_by_id,
    )


def _entitle(part: DraftPart) -> None:
    """Tell the copy from what it was copied from."""
    for item in part.items:
        if item.key == field_key(TITLE):
            for text in item.texts:
                text.body = {"text": _marked({text.language: text.body["text"]})[text.language]}


def _marked(titles: dict[str, str]) -> dict[str, str]:
    return {code: f"{title} ({COPY[code]})" if title else title for code, title in titles.items()}
