"""The plan of a closed round: adding a line, changing it, ticking it off, taking it out."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.assessments import queries, services
from lms.certification.assessments.forms import ActionForm
from lms.certification.assessments.instruments import Questions
from lms.certification.assessments.models import Action, ActionState, Round
from lms.certification.assessments.views.blueprint import blueprint
from lms.clock import now, today
from lms.db import text_of, write_unit
from lms.errors import DomainError
from lms.forms import choices_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.queries import current_members
from lms.security import Permission, require
from lms.security.guards import the_actor


def _form(found: Round, action: Action | None = None) -> tuple[ActionForm, dict[str, int]]:
    """The form, and the people to choose from by their public ids."""
    members = current_members(found.organization_id, today())
    people = {one.public_id: one.id for one in members}
    named = [(one.public_id, one.display_name) for one in members]
    if action is not None and action.person is not None and action.person_id not in people.values():
        people[action.person.public_id] = action.person.id
        named.append((action.person.public_id, action.person.display_name))
    form = ActionForm(**_filled(found, action))
    areas = Questions(found.version.content).areas
    form.area.choices = choices_of((area.key, text_of(area.titles, language())) for area in areas)
    form.person.choices = choices_of([("", _("Not said yet")), *named])
    return form, people


def _filled(found: Round, action: Action | None) -> dict[str, object]:
    if action is None:
        return {"area": request.args.get("area", ""), "text": _suggested(found, request.args.get("module", ""))}
    person = action.person.public_id if action.person else ""
    return {"area": action.area, "text": action.text, "person": person, "due_on": action.due_on}


def _suggested(found: Round, key: str) -> str:
    """Words to begin with, where a module was suggested."""
    titles = queries.module_links(found.version.instrument.plugin, [key]).get(key) if key else None
    return _("Take the module “%(title)s” together", title=text_of(titles[1], language())) if titles else ""


def _to_plan(found: Round) -> ResponseReturnValue:
    return redirect(url_for(".round_page", round_id=found.public_id, _anchor="plan"), 303)


@blueprint.get("/self-assessments/<round_id>/plan/new")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def action_new(found: Round) -> str:
    """A line to be written."""
    form, _people = _form(found)
    return render_template("assessments/action.html", round=found, form=form, action=None)


@blueprint.post("/self-assessments/<round_id>/plan/new")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def action_add(found: Round) -> ResponseReturnValue:
    """Put it into the plan."""
    form, people = _form(found)
    if form.validate():
        try:
            with write_unit():
                services.add_action(found, form.meant(people), actor_id=the_actor().person_id, now=now())
            return _to_plan(found)
        except DomainError as error:
            form.refuse(error)
    return render_template("assessments/action.html", round=found, form=form, action=None), 422


@blueprint.get("/self-assessments/plan/<action_id>")
@require(Permission.MANAGE_ORGANIZATION, target=queries.action_by_public_id)
def action_edit(action: Action) -> str:
    """A line as it stands."""
    form, _people = _form(action.round, action)
    return render_template("assessments/action.html", round=action.round, form=form, action=action)


@blueprint.post("/self-assessments/plan/<action_id>")
@require(Permission.MANAGE_ORGANIZATION, target=queries.action_by_public_id)
def action_save(action: Action) -> ResponseReturnValue:
    """Write it anew."""
    form, people = _form(action.round, action)
    if form.validate():
        try:
            with write_unit():
                services.change_action(action, form.meant(people), now())
            return _to_plan(action.round)
        except DomainError as error:
            form.refuse(error)
    return render_template("assessments/action.html", round=action.round, form=form, action=action), 422


@blueprint.post("/self-assessments/plan/<action_id>/state")
@require(Permission.MANAGE_ORGANIZATION, target=queries.action_by_public_id)
def action_mark(action: Action) -> ResponseReturnValue:
    """Done, dropped, or open again."""
    wanted = request.form.get("state", "")
    if wanted not in list(ActionState):
        abort(400)
    with write_unit():
        services.mark_action(action, ActionState(wanted), now())
    return _to_plan(action.round)


@blueprint.get("/self-assessments/plan/<action_id>/delete")
@require(Permission.MANAGE_ORGANIZATION, target=queries.action_by_public_id)
def action_ask_delete(action: Action) -> str:
    """Ask whether it shall go."""
    return render_template("assessments/action_delete.html", round=action.round, action=action)


@blueprint.post("/self-assessments/plan/<action_id>/delete")
@require(Permission.MANAGE_ORGANIZATION, target=queries.action_by_public_id)
def action_delete(action: Action) -> ResponseReturnValue:
    """Take it out."""
    found = action.round
    with write_unit():
        services.delete_action(action)
    flash(_("The line is out of the plan."))
    return _to_plan(found)
