"""The draft as a learner will see it: on a phone and on a desk, in each language."""

from typing import Any

from flask import abort, render_template, request

from lms.authoring import targets
from lms.authoring.drafts.writing_trees import tree_of_parts, whole_parts
from lms.authoring.hindrances import title_of
from lms.authoring.previews import around, reading_of_draft
from lms.authoring.views.blueprint import blueprint
from lms.authoring.views.parts import editor_part
from lms.formats import LANGUAGES
from lms.i18n import language as readers_language
from lms.security import Permission, require
from lms.training.models import DraftPart, Module, PartKind


def chosen_language() -> str:
    """The language that the address asks for, else the reader's."""
    asked = request.args.get("as", "")
    return asked if asked in LANGUAGES else readers_language()


def frame() -> dict[str, Any]:
    """What the frame round a preview is told: language and width."""
    return {"shown_in": chosen_language(), "desk": request.args.get("on") == "desk"}


@blueprint.get("/studio/m/<module_id>/preview")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def preview_module(target: Module) -> str:
    """The module's page."""
    draft = target.draft
    assert draft is not None
    parts = whole_parts(draft)
    tree = tree_of_parts(draft, parts, [chosen_language()])
    return render_template("authoring/preview_module.html", module=target, parts=parts[1:], tree=tree, **frame())


@blueprint.get("/studio/parts/<part_id>/preview")
@require(Permission.EDIT_MODULE, target=editor_part)
def preview_part(target: DraftPart) -> str:
    """A lesson, or a quiz to try."""
    if target.kind == PartKind.QUIZ:
        abort(404)
    parts = whole_parts(target.draft)
    before, after = around(parts, target)
    return render_template(
        "authoring/preview_lesson.html",
        part=target,
        module=target.draft.module,
        title=title_of(target),
        reading=reading_of_draft(target.draft, target, chosen_language()),
        before=before,
        after=after,
        title_of=title_of,
        **frame(),
    )
