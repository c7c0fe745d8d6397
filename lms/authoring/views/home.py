"""The studio's front: modules to write, to read and to copy."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import queries
from lms.authoring.drafts import making
from lms.authoring.forms import NewModuleForm, OwnerForm, choices
from lms.authoring.targets import Original, original
from lms.authoring.views.blueprint import blueprint, by_now
from lms.db import text_of, write_unit
from lms.i18n import gettext as _
from lms.i18n import language
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.security.predicates import trains_site

SITE = "site"


@blueprint.get("/studio/")
@require(Permission.AUTHOR)
def home() -> str:
    """Her modules, and those that she can copy."""
    actor = the_actor()
    mine, others = queries.modules_to_edit(actor), queries.modules_to_copy(actor)
    reported, sees_statistics = queries.count_reports(actor), trains_site(actor)
    return render_template(
        "authoring/home.html", mine=mine, others=others, reported=reported, sees_statistics=sees_statistics
    )


def offer_owners(form: OwnerForm) -> None:
    """The choices of the form: only those for whom she may write."""
    form.owner.choices = choices(
        *(
            (SITE, _("Everybody on this site")) if number is None else (str(number), text_of(names, language()))
            for number, names in queries.owners_for(the_actor())
        )
    )


def chosen_owner(form: OwnerForm) -> int | None:
    """The network that was chosen, or the site."""
    return None if form.owner.data == SITE else int(form.owner.data)


@blueprint.get("/studio/new")
@require(Permission.AUTHOR)
def new_module() -> str:
    """Begin a module."""
    form = NewModuleForm(source_language=language())
    offer_owners(form)
    return render_template("authoring/new.html", form=form)


@blueprint.post("/studio/new")
@require(Permission.AUTHOR)
def make_module() -> ResponseReturnValue:
    """A module with a title."""
    form = NewModuleForm()
    offer_owners(form)
    if not form.validate():
        return render_template("authoring/new.html", form=form), 422
    source = form.source_language.data
    with write_unit():
        module = making.new_module(form.titles(), network_id=chosen_owner(form), source_language=source, **by_now())
    return redirect(url_for(".module", module_id=module.public_id), 303)


@blueprint.get("/studio/copies/<module_id>")
@require(Permission.AUTHOR, target=original)
def copy_module(target: Original) -> str:
    """Ask for whom the copy is."""
    form = OwnerForm()
    offer_owners(form)
    return render_template("authoring/copy.html", form=form, module=target.module)


@blueprint.post("/studio/copies/<module_id>")
@require(Permission.AUTHOR, target=original)
def make_copy(target: Original) -> ResponseReturnValue:
    """A module of our own that begins as theirs."""
    form = OwnerForm()
    offer_owners(form)
    if not form.validate():
        return render_template("authoring/copy.html", form=form, module=target.module), 422
    with write_unit():
        module = making.make_our_own(target.module, network_id=chosen_owner(form), **by_now())
    flash(_("This copy is yours. Learners see it when you publish it."))
    return redirect(url_for(".module", module_id=module.public_id), 303)
