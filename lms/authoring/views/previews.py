"""The draft as a learner will see it: on a phone and on a desk, in each language, in the words of that language."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.authoring import targets
from lms.authoring.addresses import address_of_part
from lms.authoring.drafts.whole import whole_parts
from lms.authoring.drafts.writing_trees import tree_of_parts
from lms.authoring.hindrances import title_of
from lms.authoring.previews import around, reading_of_draft
from lms.authoring.trials import Trial, graded_trial, trial_of
from lms.authoring.views.blueprint import blueprint
from lms.authoring.views.parts import editor_part
from lms.db import text_of
from lms.formats import LANGUAGES
from lms.i18n import language as readers_language
from lms.i18n import reading_as
from lms.security import Permission, require
from lms.training.models import DraftPart, Module, PartKind
from lms.training.sending import addresses_of_media

SEEDS = 10**9


def chosen_language() -> str:
    """The language that the address asks for, else the reader's."""
    asked = request.args.get("as", "")
    return asked if asked in LANGUAGES else readers_language()


def framed(template: str, back: str, title: str, scripts: Sequence[str] = (), **values: Any) -> str:
    """A page of the learner's, rendered for a reader of the chosen language, in the frame of the preview."""
    frame = {"shown_in": chosen_language(), "desk": request.args.get("on") == "desk"}
    with reading_as(current_app.extensions["lms_reader_of"](frame["shown_in"])):
        shown = Markup(render_template(template, title=title, title_of=title_of, **frame, **values))  # noqa: S704
    return render_template("authoring/preview.html", shown=shown, back=back, title=title, scripts=scripts, **frame)


@blueprint.get("/studio/m/<module_id>/preview")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def preview_module(target: Module) -> str:
    """The module's page."""
    draft = target.draft
    assert draft is not None
    parts = whole_parts(draft)
    tree = tree_of_parts(draft, parts, [chosen_language()])
    title = tree.manifest["title"].get(chosen_language()) or text_of(target.titles, chosen_language())
    return framed("authoring/shown_module.html", address_of_part(parts[0]), title, parts=parts[1:], tree=tree)


@blueprint.get("/studio/parts/<part_id>/preview")
@require(Permission.EDIT_MODULE, target=editor_part)
def preview_part(target: DraftPart) -> str:
    """A lesson, or a quiz to try."""
    return _quiz(target, trial=None) if target.kind == PartKind.QUIZ else _lesson(target)


@blueprint.post("/studio/parts/<part_id>/preview")
@require(Permission.EDIT_MODULE, target=editor_part)
def try_quiz(target: DraftPart) -> ResponseReturnValue:
    """What the answers would be worth; nothing is stored."""
    if target.kind != PartKind.QUIZ:
        abort(404)
    trial = graded_trial(_file(target), chosen_language(), request.form)
    return _quiz(target, trial), 200 if trial.graded else 422


def _lesson(target: DraftPart) -> str:
    parts = whole_parts(target.draft)
    before, after = around(parts, target)
    reading = reading_of_draft(target.draft, parts, target, chosen_language())
    title = reading.titles.get(reading.language) or title_of(target)
    return framed(
        "authoring/shown_lesson.html",
        address_of_part(target),
        title,
        reading=reading,
        before=before,
        after=after,
        media_url=addresses_of_media("authoring.media", target.draft.module.public_id),
    )


def _file(target: DraftPart) -> dict[str, Any]:
    tree = tree_of_parts(target.draft, whole_parts(target.draft), [chosen_language()])
    return tree.quizzes[target.key]


def _quiz(target: DraftPart, trial: Trial | None) -> str:
    file = _file(target)
    page = trial or trial_of(file, chosen_language(), secrets.randbelow(SEEDS))
    return framed(
        "authoring/shown_quiz.html",
        address_of_part(target),
        file["title"].get(chosen_language()) or title_of(target),
        intro=file.get("intro", {}).get(chosen_language()),
        pass_mark=file["pass_mark"],
        page=page,
        scripts=[] if page.graded else page.scripts,
    )
