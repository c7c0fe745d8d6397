"""What the buttons of an editor do, after everything typed is saved: `do` is a verb and what it is about."""

from flask import abort, flash, url_for

from lms.authoring.drafts import items, texts
from lms.authoring.drafts.copying import copy_item
from lms.authoring.drafts.questions import new_question
from lms.authoring.drafts.texts import Typed, TypedTexts
from lms.authoring.views.blueprint import by_now
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.quizzes.question_types import find_type
from lms.training.block_kinds import find_kind
from lms.training.models import DraftItem, DraftPart, PartKind


def act(part: DraftPart, do: str, typed: TypedTexts) -> str:
    """Do it inside a write unit; gives the anchor of the page to return to, or another page's address."""
    verb, *about = do.split(":")
    if verb in ("", "save"):
        return f"#b-{about[0]}" if about else ""
    if verb == "add" and len(about) == 2:
        return _add(part, about[0], about[1])
    item = next((item for item in part.items if about and item.public_id == about[0]), None)
    if item is None:
        abort(400)
    return _act_on(part, item, verb, about[1:], typed)


def _add(part: DraftPart, kind: str, after: str) -> str:
    if part.kind == PartKind.LESSON and find_kind(kind) is not None:
        item = items.add_item(part, kind, {}, after, **by_now())
        return f"#b-{item.public_id}"
    found = find_type(kind)
    if part.kind == PartKind.QUIZ and found is not None:
        item = items.add_item(part, kind, new_question(found), after, **by_now())
        return url_for(".question", item_id=item.public_id)
    return abort(400)


def _act_on(part: DraftPart, item: DraftItem, verb: str, about: list[str], typed: TypedTexts) -> str:
    if verb in ("up", "down"):
        items.move_item(item, -1 if verb == "up" else 1, **by_now())
    elif verb == "place" and len(about) == 1:
        items.place_item(item, about[0], **by_now())
    elif verb == "copy":
        return f"#b-{copy_item(item, **by_now()).public_id}"
    elif verb == "remove":
        items.remove_item(item, **by_now())
        flash(_("Deleted. It can be restored at the foot of this page."))
        return "#blocks"
    elif verb == "restore":
        items.restore_item(item, **by_now())
    elif verb == "choose" and len(about) == 2:
        _choose(item, about[0], about[1])
    elif verb == "current" and len(about) == 2 and about[0] in LANGUAGES:
        _mark_current(part, item, about[0], about[1], typed)
    else:
        abort(400)
    return f"#b-{item.public_id}"


def _choose(item: DraftItem, name: str, value: str) -> None:
    kind = find_kind(item.kind)
    if kind is None or value not in kind.choices.get(name, {}):
        abort(400)
    items.change_data(item, {name: value}, **by_now())


def _mark_current(part: DraftPart, item: DraftItem, language: str, seen: str, typed: TypedTexts) -> None:
    """In step with the source that the page showed, or that was saved with this very form."""
    original = typed.get((item.public_id, part.draft.source_language), Typed(None, texts.Seen()))
    revision = int(seen) if seen.isascii() and seen.isdigit() else 0
    revision += original.changed
    if not texts.mark_current(item, language, seen=revision, **by_now()):
        flash(_("The source was changed meanwhile. Look at it again."), "due")
