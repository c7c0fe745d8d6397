"""Modules as files: taken to another installation, or brought from one."""

import io

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import targets
from lms.authoring.drafts.making import module_of_tree
from lms.authoring.exchange_forms import PackageForm
from lms.authoring.views.blueprint import blueprint, by_now
from lms.authoring.views.home import chosen_owner, offer_owners
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.limits import takes_upload
from lms.security import Permission, require
from lms.storage import current_storage
from lms.training.checks import check_tree
from lms.training.media import facts_of
from lms.training.models import Module
from lms.training.packages import read_package, write_package
from lms.training.publishing import tree_of
from lms.training.tree_media import keeper

MOST_PROBLEMS = 5


@blueprint.get("/studio/m/<module_id>/package")
@require(Permission.EDIT_MODULE, target=targets.module)
def package(target: Module) -> ResponseReturnValue:
    """The current version with its quizzes, translations and media, as one file."""
    if target.current_version is None:
        abort(404)
    body = io.BytesIO()
    tree = tree_of(target.current_version)
    write_package(tree, body, current_storage().at_hand)
    name = f"{tree.key}-{target.current_version.number}.zip"
    headers = {"Content-Type": "application/zip", "Content-Disposition": f'attachment; filename="{name}"'}
    return body.getvalue(), 200, {**headers, "Cache-Control": "no-store"}


@blueprint.get("/studio/packages/new")
@require(Permission.AUTHOR)
def open_package() -> str:
    """Choose a package."""
    form = PackageForm()
    offer_owners(form)
    return render_template("authoring/package.html", form=form)


@blueprint.post("/studio/packages/new")
@takes_upload
@require(Permission.AUTHOR)
def take_package() -> ResponseReturnValue:
    """A module of ours that begins as what the package holds."""
    form = PackageForm()
    offer_owners(form)
    if form.validate():
        try:
            return _begin(form)
        except DomainError as error:
            form.refuse(DomainError(error.message, "file"))
    return render_template("authoring/package.html", form=form), 422


def _begin(form: PackageForm) -> ResponseReturnValue:
    tree = read_package(form.file.data.stream, keeper(current_storage()))
    problems = check_tree(tree)
    if problems:
        raise DomainError(" ".join(f"{problem}." for problem in problems[:MOST_PROBLEMS]), "file")
    facts = facts_of(tree.media)
    with write_unit():
        module = module_of_tree(tree, facts, network_id=chosen_owner(form), **by_now())
    flash(_("This module is yours now, as a draft. Learners see it when you publish it."))
    return redirect(url_for(".module", module_id=module.public_id), 303)
