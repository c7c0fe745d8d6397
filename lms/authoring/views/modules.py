"""A module's page in the studio: its title, its parts, how near it is to being published."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import targets
from lms.authoring.drafts import copying, making, parts
from lms.authoring.drafts.pools import pools_of
from lms.authoring.drafts.texts import TypedTexts
from lms.authoring.drafts.whole import whole_parts
from lms.authoring.hindrances import Readiness, kept_items, readiness_of, title_of
from lms.authoring.pairs import figures_of, pairs_of
from lms.authoring.pool_rows import moved_since
from lms.authoring.queries import history_of
from lms.authoring.views.blueprint import blueprint, by_now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.training.models import DraftPart, Module, PartKind


@blueprint.get("/studio/m/<module_id>/")
@require(Permission.EDIT_MODULE, target=targets.module)
def module(target: Module) -> ResponseReturnValue:
    """Title, parts, progress, history; of a bank, its own page."""
    if target.bank:
        return redirect(url_for(".question_bank", module_id=target.public_id), 303)
    return module_page(target)


def module_page(target: Module, typed: TypedTexts | None = None, problem: str = "") -> str:
    """The page, with what was typed and could not be saved."""
    draft = target.draft
    if draft is None:
        return render_template("authoring/published.html", module=target, history=history_of(target))
    found = whole_parts(draft)
    pools = pools_of(draft, found)
    readiness, moved = readiness_of(draft, found, pools), moved_since(target, pools)
    return render_template(
        "authoring/module.html",
        module=target,
        draft=draft,
        head=found[0],
        pairs=pairs_of(found[0].items, draft.source_language, typed),
        problem=problem,
        rows=[(part, title_of(part), figures_of(kept_items(part), draft.source_language)) for part in found[1:]],
        readiness=readiness,
        moved=moved,
        publishable=draft.is_changed or bool(moved) or _is_language_new(target, readiness),
        removed=[(part, title_of(part)) for part in parts.removed_parts(draft)],
        history=history_of(target),
    )


def _is_language_new(target: Module, readiness: Readiness) -> bool:
    """Whether a language is complete that learners do not have."""
    current = target.current_version
    return current is not None and not set(readiness.complete) <= set(current.manifest["languages"])


@blueprint.post("/studio/m/<module_id>/edit")
@require(Permission.EDIT_MODULE, target=targets.module)
def edit_module(target: Module) -> ResponseReturnValue:
    """Begin a draft of a published module."""
    with write_unit():
        making.start_draft(target, **by_now())
    return redirect(url_for(".module", module_id=target.public_id), 303)


@blueprint.post("/studio/m/<module_id>/parts")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def change_parts(target: Module) -> ResponseReturnValue:
    """Add, move or restore a lesson or quiz, or say whether it is required."""
    verb, _colon, name = request.form.get("do", "").partition(":")
    try:
        with write_unit():
            added = _change(target, verb, name)
    except DomainError as error:
        flash(error.message, "bad")
        added = None
    if added is not None:
        return redirect(url_for(".part", part_id=added.public_id), 303)
    return redirect(f"{url_for('.module', module_id=target.public_id)}#parts", 303)


def _change(target: Module, verb: str, name: str) -> DraftPart | None:
    draft = target.draft
    assert draft is not None
    if verb == "add" and name in (PartKind.LESSON, PartKind.QUIZ):
        return parts.add_part(draft, PartKind(name), **by_now())
    name, _colon, after = name.partition(":")
    part = next((part for part in draft.parts if part.public_id == name and part.kind != PartKind.HEAD), None)
    if part is None:
        abort(400)
    if verb in ("up", "down"):
        parts.move_part(part, -1 if verb == "up" else 1, **by_now())
    elif verb == "place":
        parts.place_part(part, after, **by_now())
    elif verb == "copy":
        copying.copy_part(part, **by_now())
        flash(_("The copy stands behind it."))
    elif verb in ("require", "free"):
        parts.require_part(part, verb == "require", **by_now())
    elif verb == "restore":
        parts.restore_part(part, **by_now())
        flash(_("It is back, at the end of the module."))
    else:
        abort(400)
    return None


@blueprint.post("/studio/m/<module_id>/duplicate")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def duplicate(target: Module) -> ResponseReturnValue:
    """A module that begins as this draft."""
    with write_unit():
        twin = copying.copy_module(target, **by_now())
    flash(_("This is the copy. Learners see it when you publish it."))
    return redirect(url_for(".module", module_id=twin.public_id), 303)


@blueprint.get("/studio/m/<module_id>/discard")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def ask_discard(target: Module) -> str:
    """Ask before the changes since the last version are thrown away."""
    if target.current_version_id is None:
        abort(404)
    return render_template("authoring/discard.html", module=target)


@blueprint.post("/studio/m/<module_id>/discard")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def discard(target: Module) -> ResponseReturnValue:
    """Begin again from the current version."""
    if target.current_version_id is None:
        abort(404)
    with write_unit():
        making.discard_draft(target, **by_now())
    flash(_("The draft is again as the published version."))
    return redirect(url_for(".module", module_id=target.public_id), 303)


@blueprint.get("/studio/m/<module_id>/delete")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def ask_delete(target: Module) -> str:
    """Ask before a module that nobody has seen is deleted."""
    if target.current_version_id is not None:
        abort(404)
    return render_template("authoring/delete_module.html", module=target)


@blueprint.post("/studio/m/<module_id>/delete")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def delete_module(target: Module) -> ResponseReturnValue:
    """Put the module away."""
    if target.current_version_id is not None:
        abort(404)
    with write_unit():
        making.archive_module(target, **by_now())
    flash(_("The module is deleted."))
    return redirect(url_for(".home"), 303)
