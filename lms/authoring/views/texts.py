"""A single text, saved by script while it is written."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from lms.authoring import targets
from lms.authoring.drafts.texts import Seen, Typed, by_language, save_texts, seen_of
from lms.authoring.views.blueprint import blueprint, by_now
from lms.db import write_unit
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.training.models import DraftItem, PartKind


def writable(item_id: str, language: str) -> DraftItem | None:
    """A block or field (questions are saved as a whole)."""
    found = targets.item(item_id)
    if found is None or language not in LANGUAGES or found.removed_at is not None:
        return None
    return None if found.part.kind == PartKind.QUIZ and not found.key.startswith("@") else found


@blueprint.put("/studio/texts/<item_id>/<language>")
@require(Permission.EDIT_MODULE, target=writable)
def save_text(item: DraftItem) -> ResponseReturnValue:
    """Save; answers what the page has now seen, or 409 where somebody else has saved since, with what stands there: a
    page whose answer was lost on the way knows its own words.
    """
    sent = request.get_json(silent=True)
    language = str((request.view_args or {})["language"])
    source = item.part.draft.source_language
    if not isinstance(sent, dict) or not all(isinstance(sent.get(key), str) for key in ("text", "seen", "source")):
        return jsonify(message=_("This request cannot be read.")), 400
    typed = {(item.public_id, source): Typed(None, Seen.read(sent["source"]))}
    typed[item.public_id, language] = Typed(sent["text"], Seen.read(sent["seen"]))
    try:
        with write_unit():
            conflicts = save_texts(item.part, typed, **by_now())
    except DomainError as error:
        return jsonify(message=error.message), 422
    stored = by_language(item).get(language)
    answer = {"seen": str(seen_of(stored))}
    if not conflicts:
        return jsonify(answer)
    answer["text"] = stored.body["text"] if stored else ""
    answer["message"] = _("This text was saved elsewhere meanwhile. Save the page to see both.")
    return jsonify(answer), 409
