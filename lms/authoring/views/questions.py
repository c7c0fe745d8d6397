"""The editor of a question: the form of its type, in three languages side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from lms.authoring import targets
from lms.authoring.drafts.items import add_item
from lms.authoring.drafts.picking import original_of
from lms.authoring.drafts.questions import content_of, fields_of, follows_case, new_question, save_question
from lms.authoring.drafts.texts import LONGEST_TEXT, by_language, mark_current
from lms.authoring.hindrances import item_label, title_of
from lms.authoring.labels import type_label
from lms.authoring.pairs import changes_of, states_of
from lms.authoring.question_rows import Layout, layout_of
from lms.authoring.trying import Tried, tried
from lms.authoring.views.blueprint import blueprint, by_now
from lms.db import write_unit
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.quizzes.question_types import AuthorField, Content, Given, QuestionType, find_type
from lms.quizzes.tags import read_tags, tags_fault
from lms.security import Permission, require
from lms.text import clean_line, parse_number
from lms.training.models import DraftItem, PartKind

LARGEST_MARK = 100
FIELD = "q."
"""What the names of a question's own fields begin with, so that they are no other field of the page."""


def editable(item_id: str) -> DraftItem | None:
    """A question of a draft."""
    found = targets.item(item_id)
    if found is None or found.removed_at is not None or found.part.removed_at is not None:
        return None
    is_question = found.part.kind == PartKind.QUIZ and not found.key.startswith("@")
    return found if is_question else None


@dataclass(frozen=True)
class Sent:
    """A question as its form was sent."""

    given: Given
    mark: str
    tags: str
    in_case: bool
    revision: int


def type_or_404(item: DraftItem) -> QuestionType:
    """The type of a question, where it is installed."""
    kind = find_type(item.kind)
    if kind is None:
        abort(404)
    return kind


@blueprint.get("/studio/questions/<item_id>/")
@require(Permission.EDIT_MODULE, target=editable)
def question(item: DraftItem) -> str:
    """The editor; `try` in the address holds answers to be judged."""
    content = content_of(item)
    layout = layout_of(fields_of(type_or_404(item), content))
    return _page(item, layout, _stored(item), content)


def _stored(item: DraftItem) -> Sent:
    """What a form of the question holds beside its type's fields, as it is stored."""
    mark = reader().typed(item.settings.get("mark", 1))
    return Sent({}, mark, reader().comma.join(item.settings.get("tags", [])), _in_case(item), item.revision)


def _page(
    item: DraftItem,
    layout: Layout,
    sent: Sent,
    content: Content,
    errors: Mapping[str, str] | None = None,
    theirs: Layout | None = None,
) -> str:
    kind = type_or_404(item)
    part, source = item.part, item.part.draft.source_language
    texts = by_language(item)
    return render_template(
        "authoring/question.html",
        item=item,
        part=part,
        module=part.draft.module,
        title=title_of(part),
        label=item_label(part, item),
        type_label=type_label(item),
        layout=layout,
        mark=sent.mark,
        marked=kind.marked,
        by_hand=kind.by_hand,
        in_case=sent.in_case,
        may_be_in_case=sent.in_case or (kind.asks and follows_case(item)),
        tags=sent.tags,
        revision=sent.revision,
        errors=errors or {},
        theirs=theirs,
        states=states_of(item, source),
        changes={code: changes_of(texts.get(code), texts.get(source)) for code in LANGUAGES},
        source=source,
        original=original_of(item),
        faults=[fault.message for fault in kind.check(content)],
        tried=_tried(kind, content),
    )


def _tried(kind: QuestionType, content: Content) -> list[Tried] | None:
    """The verdict on sample answers; None where the type has no written answers."""
    if kind.by_hand or "text" not in kind.answer_schema.get("properties", {}):
        return None
    lines = [line for line in map(clean_line, request.args.get("try", "")[:2000].splitlines()) if line]
    return tried(kind, content, lines[:20])


def _sent() -> Sent:
    form: MultiDict[str, str] = request.form
    given = {name.removeprefix(FIELD): form.getlist(name) for name in form if name.startswith(FIELD)}
    revision = form.get("revision", "")
    seen = int(revision) if revision.isascii() and revision.isdigit() else 0
    return Sent(given, form.get("mark", ""), form.get("tags", ""), "in_case" in form, seen)


@blueprint.post("/studio/questions/<item_id>/")
@require(Permission.EDIT_MODULE, target=editable)
def save(item: DraftItem) -> ResponseReturnValue:
    """Save the whole question."""
    kind, sent = type_or_404(item), _sent()
    given = _reordered(sent.given, request.form.get("do", ""))
    before = content_of(item)
    try:
        _refuse_long(given)
        content, tags = kind.from_author_form(given, before), _tags(sent.tags)
        mark = _mark(sent.mark) if kind.marked else 0
    except DomainError as error:
        return _as_sent(item, kind, sent, before, errors={error.field or "": error.message}), 422
    with write_unit():
        saved = save_question(item, content, mark, tags, in_case=sent.in_case, seen=sent.revision, **by_now())
        shown = _then(item, kind, request.form.get("do", "")) if saved else item
    if not saved:
        return _beside_theirs(item, kind, sent), 409
    if request.form.get("do", "save") in ("save", "another"):
        flash(_("Saved on the server."))
    tried_next = request.form.get("try") or None if shown is item else None
    values: dict[str, Any] = {"item_id": shown.public_id, "try": tried_next}
    return redirect(url_for(".question", **values), 303)


def _then(item: DraftItem, kind: QuestionType, do: str) -> DraftItem:
    """What the button says, once the question is saved; gives the question that is shown next."""
    if do == "another":
        return add_item(item.part, kind.key, new_question(kind), item.public_id, **by_now())
    _mark_current(item, do)
    return item


def _mark_current(item: DraftItem, do: str) -> None:
    """Where the button says so; the source is as the page showed it, or the question would not have been saved."""
    verb, _colon, code = do.partition(":")
    source = by_language(item).get(item.part.draft.source_language)
    if verb == "current" and source is not None:
        mark_current(item, code, seen=source.revision, **by_now())


def _beside_theirs(item: DraftItem, kind: QuestionType, sent: Sent) -> str:
    """What was typed stays in the form, what somebody else saved meanwhile stands above it; saved again, it wins."""
    theirs = content_of(item)
    newer = replace(sent, revision=item.revision)
    return _as_sent(item, kind, newer, theirs, theirs=layout_of(fields_of(kind, theirs)))


def _as_sent(
    item: DraftItem,
    kind: QuestionType,
    sent: Sent,
    stored: Content,
    errors: Mapping[str, str] | None = None,
    theirs: Layout | None = None,
) -> str:
    fields = [_with(found, sent.given) for found in fields_of(kind, stored)]
    known = {found.name for found in fields}
    fields += [
        AuthorField(name, name, "text", tuple(values), name.rpartition(".")[2])
        for name, values in sent.given.items()
        if name not in known and name.rpartition(".")[2] in LANGUAGES
    ]
    return _page(item, layout_of(fields), sent, stored, errors, theirs)


def _with(found: AuthorField, given: Given) -> AuthorField:
    """A field with what was typed in it."""
    values = tuple(given.get(found.name, ()))
    return replace(found, values=values)


def _reordered(given: Given, do: str) -> dict[str, Any]:
    """The form with one option moved or taken out, where the button says so."""
    verb, _colon, about = do.partition(":")
    name, _dot, option = about.partition(".")
    found = dict(given)
    order = list(found.get(name, ()))
    if verb not in ("up", "down", "drop") or option not in order:
        return found
    at = order.index(option)
    order.remove(option)
    if verb != "drop":
        order.insert(max(at + (-1 if verb == "up" else 1), 0), option)
    found[name] = order
    return found


def _refuse_long(given: Given) -> None:
    for name, values in given.items():
        if any(len(value) > LONGEST_TEXT for value in values):
            raise DomainError(_("Write at most %(most)s characters.", most=reader().number(LONGEST_TEXT)), name)


def _in_case(item: DraftItem) -> bool:
    return bool(item.settings.get("in_case"))


def _mark(typed: str) -> float:
    try:
        mark = float(parse_number(typed))
    except ValueError:
        raise DomainError(_("Write a number, in any digits."), "mark") from None
    if not 0 < mark <= LARGEST_MARK:
        raise DomainError(_("A mark is above 0, and at most %(most)s.", most=reader().number(LARGEST_MARK)), "mark")
    return int(mark) if mark == int(mark) else mark


def _tags(typed: str) -> list[str]:
    tags = read_tags(typed)
    if (fault := tags_fault(tags)) is not None:
        raise DomainError(fault, "tags")
    return tags
