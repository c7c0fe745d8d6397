"""What a question was before: differences to what it is now, and the way back."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from lms.authoring.drafts.earlier_questions import earlier_questions
from lms.authoring.drafts.questions import restore_question
from lms.authoring.drafts.whole import question_of
from lms.authoring.hindrances import item_label, title_of
from lms.authoring.models import EarlierQuestion
from lms.authoring.question_words import Difference, difference, words_of
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.questions import editable, type_or_404
from lms.authoring.writers import names_of
from lms.db import db, write_unit
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.actor import Scope
from lms.training.models import DraftItem


@dataclass(frozen=True)
class Shown:
    """An earlier question: when it was written and by whom, and how it differs from the present one."""

    public_id: str
    changed_at: datetime
    writer: str
    difference: Difference
    #: The languages whose words differ, and were there then.
    languages: list[str]


@blueprint.get("/studio/questions/<item_id>/earlier")
@require(Permission.EDIT_MODULE, target=editable)
def earlier_question(item: DraftItem) -> str:
    """What it was, the latest first."""
    return render_template(
        "authoring/earlier_question.html",
        item=item,
        part=item.part,
        module=item.part.draft.module,
        title=title_of(item.part),
        label=item_label(item.part, item),
        shown=_shown(item),
    )


def _shown(item: DraftItem) -> list[Shown]:
    kind, rows = type_or_404(item), earlier_questions(item)
    names, now = names_of(row.changed_by_id for row in rows), words_of(kind, question_of(item, LANGUAGES))
    found = [(row, difference(words_of(kind, row.question), now)) for row in rows]
    return [
        Shown(
            row.public_id,
            row.changed_at,
            names.get(row.changed_by_id or 0, ""),
            differs,
            [code for code in differs.texts if code in row.question["text"]],
        )
        for row, differs in found
    ]


class Earlier:
    """What a question that can be edited was."""

    def __init__(self, item: DraftItem, row: EarlierQuestion) -> None:
        self.item, self.row = item, row

    def scope(self) -> Scope:
        """The module's."""
        return self.item.scope()


def one_earlier_question(item_id: str, earlier_id: str) -> Earlier | None:
    """Load it."""
    item = editable(item_id)
    row = db.session.scalar(select(EarlierQuestion).where(EarlierQuestion.public_id == earlier_id))
    return Earlier(item, row) if item is not None and row is not None and row.item_id == item.id else None


@blueprint.post("/studio/questions/<item_id>/earlier/<earlier_id>")
@require(Permission.EDIT_MODULE, target=one_earlier_question)
def restore_earlier_question(target: Earlier) -> ResponseReturnValue:
    """Make it again what it was, or its words in one language; what it is now becomes an earlier question."""
    item, language = target.item, request.form.get("language", "")
    if language and language not in target.row.question["text"]:
        abort(400)
    type_or_404(item)
    with write_unit():
        restored = restore_question(item, target.row, language, **by_now())
    if not restored:
        flash(_("Somebody else has saved this question meanwhile. Look at it again."), "due")
        return redirect(url_for(".earlier_question", item_id=item.public_id), 303)
    flash(_("It says again what it said then."))
    return redirect(url_for(".question", item_id=item.public_id), 303)
