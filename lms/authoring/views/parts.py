"""The editor of a lesson, and of a quiz's rules and list of questions: everything in one form."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import targets
from lms.authoring.addresses import address_of_part
from lms.authoring.before_field import others_of
from lms.authoring.drafts import parts
from lms.authoring.drafts.fields import is_field
from lms.authoring.drafts.items import removed_items
from lms.authoring.drafts.texts import Conflict, TypedTexts, save_texts
from lms.authoring.drafts.writing import items_of
from lms.authoring.drafts.writing_trees import lesson_of
from lms.authoring.forms import LessonForm
from lms.authoring.glossary import glossary
from lms.authoring.hindrances import title_of
from lms.authoring.labels import label_of, prompt_of, type_label
from lms.authoring.pairs import figures_of, pairs_of, states_of
from lms.authoring.pool_rows import offer_for
from lms.authoring.quiz_form import QuizForm
from lms.authoring.views.actions import act
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.merging import merge_page
from lms.authoring.views.modules import module_page
from lms.authoring.views.typed import read_typed
from lms.db import write_unit
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.quizzes.question_types import all_types
from lms.security import Permission, require
from lms.training.block_kinds import all_kinds
from lms.training.checks import Fault, block_faults
from lms.training.media import media_of
from lms.training.models import DraftItem, DraftPart, MediaFile, PartKind
from lms.training.tree_media import facts_by_name


def present_part(part_id: str) -> DraftPart | None:
    """A part that is not deleted."""
    found = targets.part(part_id)
    return found if found is not None and found.removed_at is None else None


def editor_part(part_id: str) -> DraftPart | None:
    """A lesson or quiz that is not deleted."""
    found = present_part(part_id)
    return found if found is not None and found.kind != PartKind.HEAD else None


@blueprint.get("/studio/parts/<part_id>/")
@require(Permission.EDIT_MODULE, target=editor_part)
def part(target: DraftPart) -> str:
    """The editor."""
    return _page(target, _form_of(target, data=target.settings))


def _form_of(target: DraftPart, **values: Any) -> LessonForm | QuizForm:
    if target.kind != PartKind.QUIZ:
        return LessonForm(**values)
    form = QuizForm(**values)
    form.before.offer(others_of(target))
    return form


def _page(target: DraftPart, form: LessonForm | QuizForm, typed: TypedTexts | None = None, problem: str = "") -> str:
    source = target.draft.source_language
    items = items_of(target)
    if isinstance(form, QuizForm):
        form.pools.offer = offer_for(target)
        form.draws.offer(tag for item in items for tag in item.settings.get("tags", []))
    media = media_of(target.draft.module)
    shown = [item for item in items if is_field(item)] if target.kind == PartKind.QUIZ else items
    return render_template(
        "authoring/quiz.html" if target.kind == PartKind.QUIZ else "authoring/lesson.html",
        part=target,
        draft=target.draft,
        module=target.draft.module,
        title=title_of(target),
        form=form,
        problem=problem,
        # What was typed and not taken has other faults than what is stored.
        pairs=pairs_of(shown, source, typed, media, glossary(), () if typed else _faults(target, media)),
        figures=figures_of(items, source),
        questions=_questions(target, items),
        states={item.public_id: states_of(item, source) for item in items},
        removed=[(item, _removed_label(item)) for item in removed_items(target)],
        blocks=all_kinds(),
        types=all_types(),
        attention=request.args.get("show") == "attention",
    )


def _faults(target: DraftPart, media: Mapping[str, MediaFile]) -> Iterable[Fault]:
    """What is wrong with the blocks of a lesson. A question is refused at once; a draft of a lesson may be wrong."""
    if target.kind != PartKind.LESSON:
        return ()
    facts = facts_by_name({name: file.key for name, file in media.items()})
    return block_faults(lesson_of(target, LANGUAGES), target.draft.source_language, facts)


def _questions(target: DraftPart, items: list[DraftItem]) -> list[tuple[DraftItem, str, str]]:
    """Each question with its text and the name of its type."""
    if target.kind != PartKind.QUIZ:
        return []
    return [(item, prompt_of(item), type_label(item)) for item in items if not is_field(item)]


def _removed_label(item: DraftItem) -> str:
    if item.part.kind == PartKind.QUIZ:
        return f"{type_label(item)}: {prompt_of(item)[:80]}"
    words = next((text.body["text"] for text in item.texts if text.filled), "")
    return f"{label_of(item)}: {words[:80]}"


@blueprint.post("/studio/parts/<part_id>/")
@require(Permission.EDIT_MODULE, target=present_part)
def save_part(target: DraftPart) -> ResponseReturnValue:
    """Save everything that was typed, then do what the button says."""
    typed = read_typed(request.form)
    form = _form_of(target) if "settings" in request.form and target.kind != PartKind.HEAD else None
    if form is not None and not form.validate():
        return _page(target, form, typed), 422
    try:
        conflicts, anchor = _save(target, typed, form)
    except DomainError as error:
        return _refused(target, typed, form, error)
    if conflicts:
        return merge_page(target, conflicts), 409
    if anchor.startswith("/"):
        return redirect(anchor, 303)
    if request.form.get("do", "save") == "save":
        flash(_("Saved on the server."))
    return redirect(f"{address_of_part(target)}{anchor}", 303)


def _save(target: DraftPart, typed: TypedTexts, form: LessonForm | QuizForm | None) -> tuple[list[Conflict], str]:
    with write_unit():
        conflicts = save_texts(target, typed, **by_now())
        if form is not None:
            parts.change_settings(target, form.settings(), **by_now())
        anchor = "" if conflicts else act(target, request.form.get("do", ""), typed)
    return conflicts, anchor


def _refused(
    target: DraftPart, typed: TypedTexts, form: LessonForm | QuizForm | None, error: DomainError
) -> ResponseReturnValue:
    """Show again what could not be saved, with the reason above it."""
    if target.kind == PartKind.HEAD:
        return module_page(target.draft.module, typed, error.message), 422
    return _page(target, form or _form_of(target, data=target.settings), typed, error.message), 422


@blueprint.get("/studio/parts/<part_id>/delete")
@require(Permission.EDIT_MODULE, target=editor_part)
def ask_delete_part(target: DraftPart) -> str:
    """Ask before a lesson or quiz is deleted."""
    return render_template(
        "authoring/delete_part.html", part=target, module=target.draft.module, title=title_of(target)
    )


@blueprint.post("/studio/parts/<part_id>/delete")
@require(Permission.EDIT_MODULE, target=editor_part)
def delete_part(target: DraftPart) -> ResponseReturnValue:
    """Take it out of the module."""
    if target.kind == PartKind.HEAD:
        abort(404)
    with write_unit():
        parts.remove_part(target, **by_now())
    flash(_("Deleted. It can be restored at the foot of this page."))
    return redirect(url_for(".module", module_id=target.draft.module.public_id), 303)
