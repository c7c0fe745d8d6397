"""Marking answers anew after a question's key was changed: preview, then one commit."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import targets
from lms.authoring.regrading import Regrading, key_in_words, prompt_of, regrade_page, regrading
from lms.authoring.views.blueprint import blueprint, by_now
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language
from lms.jobs import enqueue
from lms.paging import asked_page
from lms.quizzes.policy_models import Regrade
from lms.quizzes.regrade_queries import outdated_in, regrades_of
from lms.quizzes.services import begin_regrade, commit_regrade, drop_regrade, step_regrade
from lms.security import Permission, require
from lms.training.models import Module


@blueprint.get("/studio/m/<module_id>/regrading")
@require(Permission.EDIT_MODULE, target=targets.module)
def regrading_home(module: Module) -> str:
    """Questions whose answers are marked by an older key, and what was marked anew."""
    found = outdated_in(module.id)
    code = language()
    return render_template(
        "authoring/regrading.html",
        module=module,
        outdated=[(one, prompt_of(one.version, code), key_in_words(one.version, one.scoring, code)) for one in found],
        done=[(regrade, prompt_of(version, code)) for regrade, version in regrades_of(module.id)],
    )


@blueprint.post("/studio/m/<module_id>/regrading")
@require(Permission.EDIT_MODULE, target=targets.module)
def regrading_begin(module: Module) -> ResponseReturnValue:
    """Look through the answers to one of them."""
    wanted = request.form.get("question", "")
    found = next((one for one in outdated_in(module.id) if str(one.version.uid) == wanted), None)
    if found is None:
        abort(404)
    with write_unit():
        begun = begin_regrade(module, found.version, found.scoring, **by_now())
        _work(begun)
    return redirect(url_for(".regrade", regrade_id=begun.public_id), 303)


def _work(regrade: Regrade) -> None:
    """Begin at once; a job does what is left."""
    if step_regrade(regrade, now()) and step_regrade(regrade, now()):
        enqueue("regrade", {"regrade": regrade.id})


@blueprint.get("/studio/regrading/<regrade_id>/")
@require(Permission.EDIT_MODULE, target=regrading)
def regrade(target: Regrading) -> str:
    """Whose mark changes, and how."""
    page = regrade_page(target, asked_page(), language(), today())
    return render_template("authoring/regrade.html", page=page, prompt=prompt_of(target.version, language()))


@blueprint.post("/studio/regrading/<regrade_id>/")
@require(Permission.EDIT_MODULE, target=regrading)
def regrade_commit(target: Regrading) -> ResponseReturnValue:
    """Mark anew."""
    try:
        with write_unit():
            commit_regrade(target.regrade, **by_now())
            _work(target.regrade)
    except DomainError as error:
        flash(error.message, "due")
    return redirect(url_for(".regrade", regrade_id=target.regrade.public_id), 303)


@blueprint.post("/studio/regrading/<regrade_id>/drop")
@require(Permission.EDIT_MODULE, target=regrading)
def regrade_drop(target: Regrading) -> ResponseReturnValue:
    """Leave all marks as they are."""
    try:
        with write_unit():
            drop_regrade(target.regrade)
    except DomainError as error:
        flash(error.message, "due")
        return redirect(url_for(".regrade", regrade_id=target.regrade.public_id), 303)
    flash(_("All marks stay as they are."))
    return redirect(url_for(".regrading_home", module_id=target.module.public_id), 303)
