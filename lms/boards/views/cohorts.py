"""A trainer's cohorts: who is in them, what they learn, where everybody is."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring.queries import owners_for
from lms.boards.cohort_progress import progress_of
from lms.boards.forms.cohorts import CohortForm, CohortModuleForm, NewCohortForm
from lms.boards.reminding import remind
from lms.boards.views.blueprint import blueprint
from lms.clock import now, today
from lms.cohorts import services
from lms.cohorts.models import Cohort
from lms.cohorts.queries import candidates_of, cohort_by_public_id, cohorts_of, learners_of, organizations_for
from lms.db import text_of, write_unit
from lms.errors import DomainError
from lms.forms import choices_of
from lms.i18n import gettext as _
from lms.i18n import language, ngettext
from lms.messages.services import mail_is_on
from lms.reports.queries.modules import modules_of
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor
from lms.security.predicates import trains_site
from lms.training.models import Module

SITE = "site"


@blueprint.get("/cohorts/")
@require(Permission.AUTHOR)
def cohorts() -> str:
    """Her cohorts."""
    actor = the_actor()
    found = cohorts_of(actor.networks_as(Role.TRAINER), site=trains_site(actor))
    return render_template("boards/cohorts.html", cohorts=found)


def _with_owners(form: NewCohortForm) -> NewCohortForm:
    form.owner.choices = choices_of(
        (SITE, _("Everybody on this site")) if number is None else (str(number), text_of(names, language()))
        for number, names in owners_for(the_actor())
    )
    return form


@blueprint.get("/cohorts/new")
@require(Permission.AUTHOR)
def cohort_new() -> str:
    """Begin a cohort."""
    return render_template("boards/cohort_form.html", form=_with_owners(NewCohortForm(starts_on=today())), cohort=None)


@blueprint.post("/cohorts/new")
@require(Permission.AUTHOR)
def cohort_make() -> ResponseReturnValue:
    """A cohort with names and days."""
    form = _with_owners(NewCohortForm())
    if form.validate():
        owner = None if form.owner.data == SITE else int(form.owner.data)
        first, last = form.days()
        try:
            with write_unit():
                made = services.new_cohort(
                    form.names(),
                    network_id=owner,
                    starts_on=first,
                    ends_on=last,
                    actor_id=the_actor().person_id,
                    now=now(),
                )
            return redirect(url_for(".cohort_modules", cohort_id=made.public_id), 303)
        except DomainError as error:
            form.refuse(error)
    return render_template("boards/cohort_form.html", form=form, cohort=None), 422


@blueprint.get("/cohorts/<cohort_id>/")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort(target: Cohort) -> str:
    """Who is where."""
    return render_template(
        "boards/cohort.html", cohort=target, progress=progress_of(target, today()), mail_is_on=mail_is_on()
    )


@blueprint.get("/cohorts/<cohort_id>/edit")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_edit(target: Cohort) -> str:
    """Its names and days."""
    names = {f"name_{code}": text for code, text in target.names.items()}
    form = CohortForm(data={**names, "starts_on": target.starts_on, "ends_on": target.ends_on})
    return render_template("boards/cohort_form.html", form=form, cohort=target)


@blueprint.post("/cohorts/<cohort_id>/edit")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_save(target: Cohort) -> ResponseReturnValue:
    """Change them."""
    form = CohortForm()
    if form.validate():
        try:
            with write_unit():
                services.change_cohort(target, form.names(), *form.days())
            flash(_("Saved."))
            return redirect(url_for(".cohort", cohort_id=target.public_id), 303)
        except DomainError as error:
            form.refuse(error)
    return render_template("boards/cohort_form.html", form=form, cohort=target), 422


def _module_form(target: Cohort) -> CohortModuleForm:
    form = CohortModuleForm()
    offered = modules_of(target.network_id or 0)
    form.module.choices = choices_of((module.public_id, text_of(module.titles, language())) for module in offered)
    return form


@blueprint.get("/cohorts/<cohort_id>/modules")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_modules(target: Cohort) -> str:
    """What it learns, and when the quizzes are open to it."""
    return render_template("boards/cohort_modules.html", cohort=target, form=_module_form(target))


@blueprint.post("/cohorts/<cohort_id>/modules")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_modules_save(target: Cohort) -> ResponseReturnValue:
    """Give it a module, change the days of one, or take one away."""
    here = redirect(url_for(".cohort_modules", cohort_id=target.public_id), 303)
    gone = next((one.module_id for one in target.modules if one.module.public_id == request.form.get("remove")), None)
    if gone is not None:
        with write_unit():
            services.take_module(target, gone)
        return here
    form = _module_form(target)
    if form.validate():
        chosen = next(one.id for one in modules_of(target.network_id or 0) if one.public_id == form.module.data)
        try:
            with write_unit() as session:
                module = session.get_one(Module, chosen)
                services.give_module(target, module, form.opens_on.data, form.closes_on.data)
            return here
        except DomainError as error:
            form.refuse(error)
    return render_template("boards/cohort_modules.html", cohort=target, form=form), 422


@blueprint.get("/cohorts/<cohort_id>/people")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_people(target: Cohort) -> str:
    """Who is in it, and who of an organization could be."""
    day = today()
    organizations = organizations_for(target, day)
    chosen = next((one for one in organizations if one.public_id == request.args.get("organization")), None)
    return render_template(
        "boards/cohort_people.html",
        cohort=target,
        learners=learners_of(target, day),
        organizations=organizations,
        chosen=chosen,
        candidates=candidates_of(target, chosen.id, day) if chosen else [],
    )


@blueprint.post("/cohorts/<cohort_id>/people")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_people_save(target: Cohort) -> ResponseReturnValue:
    """Take people in, or one out."""
    day, back = today(), request.form.get("organization") or None
    gone = next((one for one in learners_of(target, day) if one.public_id == request.form.get("remove")), None)
    chosen = next((one for one in organizations_for(target, day) if one.public_id == back), None)
    wanted = set(request.form.getlist("person"))
    if gone is None and chosen is None:
        abort(400)
    found = candidates_of(target, chosen.id, day) if chosen else []
    ids = [one.person_id for one in found if one.public_id in wanted]
    with write_unit():
        if gone is not None:
            services.remove_person(target, gone.person_id, now())
        else:
            added = services.add_people(target, ids, actor_id=the_actor().person_id, now=now())
            flash(ngettext("%(num)s person was taken in.", "%(num)s people were taken in.", added))
    return redirect(url_for(".cohort_people", cohort_id=target.public_id, organization=back), 303)


@blueprint.post("/cohorts/<cohort_id>/remind")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_remind(target: Cohort) -> ResponseReturnValue:
    """Write to those who have something left."""
    here = redirect(url_for(".cohort", cohort_id=target.public_id), 303)
    unfinished = [row.learner for row in progress_of(target, today()).unfinished]
    try:
        with write_unit():
            sent = remind(target, unfinished, now())
    except DomainError as error:
        flash(error.message, "due")
        return here
    flash(ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", sent))
    return here
