"""What a block or field said before: differences to what it says now, and the way back."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.authoring.addresses import address_of_item
from lms.authoring.drafts.diffing import Piece, differences
from lms.authoring.drafts.earlier import earlier_texts, keep
from lms.authoring.drafts.texts import Typed, by_language, save_texts, seen_of
from lms.authoring.hindrances import item_label, title_of
from lms.authoring.models import EarlierText
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.texts import writable
from lms.authoring.writers import names_of
from lms.db import db, write_unit
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.actor import Scope
from lms.training.models import DraftItem


@dataclass(frozen=True)
class Shown:
    """An earlier text: when it was written and by whom, and how it differs from the present one."""

    public_id: str
    language: str
    changed_at: datetime
    writer: str
    changes: tuple[Piece, ...]


def with_texts(item_id: str) -> DraftItem | None:
    """A block or field."""
    return writable(item_id, LANGUAGES[0])


@blueprint.get("/studio/texts/<item_id>/earlier")
@require(Permission.EDIT_MODULE, target=with_texts)
def earlier(item: DraftItem) -> str:
    """The earlier texts, the latest first."""
    return render_template(
        "authoring/earlier.html",
        item=item,
        part=item.part,
        module=item.part.draft.module,
        title=title_of(item.part),
        label=item_label(item.part, item),
        shown=_shown(item),
        back=address_of_item(item.part, item),
    )


def _shown(item: DraftItem) -> list[Shown]:
    rows = earlier_texts(item)
    now = {code: text.body["text"] for code, text in by_language(item).items()}
    names = names_of(row.changed_by_id for row in rows)
    return [
        Shown(
            row.public_id,
            row.language,
            row.changed_at,
            names.get(row.changed_by_id or 0, ""),
            differences(row.text, now.get(row.language, "")),
        )
        for row in rows
    ]


class Earlier:
    """An earlier text of a block or field that can be edited."""

    def __init__(self, item: DraftItem, text: EarlierText) -> None:
        self.item, self.text = item, text

    def scope(self) -> Scope:
        """The module's."""
        return self.item.scope()


def one_earlier(item_id: str, earlier_id: str) -> Earlier | None:
    """Load it."""
    item = with_texts(item_id)
    text = db.session.query(EarlierText).where(EarlierText.public_id == earlier_id).one_or_none()
    return Earlier(item, text) if item is not None and text is not None and text.item_id == item.id else None


@blueprint.post("/studio/texts/<item_id>/earlier/<earlier_id>")
@require(Permission.EDIT_MODULE, target=one_earlier)
def restore(target: Earlier) -> ResponseReturnValue:
    """Say again what was said then; what is said now becomes an earlier text."""
    item, language, text = target.item, target.text.language, target.text.text
    with write_unit():
        present = by_language(item).get(language)
        if present is not None and present.body["text"]:
            keep(present)
        typed = {(item.public_id, language): Typed(text, seen_of(present))}
        conflicts = save_texts(item.part, typed, **by_now())
    if conflicts:
        flash(_("Somebody else has saved this text. Save the page to see both."), "due")
        return redirect(url_for(".earlier", item_id=item.public_id), 303)
    flash(_("It says again what it said then."))
    return redirect(address_of_item(item.part, item), 303)
