"""Naming who enters what the team agrees on."""

from flask import flash
from flask.typing import ResponseReturnValue

from lms.certification.assessments import queries, services
from lms.certification.assessments.forms import RecorderForm
from lms.certification.assessments.models import Round
from lms.certification.assessments.views.blueprint import blueprint
from lms.certification.assessments.views.doing import done, to_round
from lms.clock import now, today
from lms.forms import choices_of
from lms.i18n import gettext as _
from lms.organizations.queries import current_members
from lms.security import Permission, require


def recorder_form(found: Round) -> RecorderForm:
    """The people of the organization to choose from, and who is named."""
    form = RecorderForm(person=found.recorder.public_id if found.recorder else "")
    members = current_members(found.organization_id, today())
    form.person.choices = choices_of([("", _("Nobody else")), *((one.public_id, one.display_name) for one in members)])
    return form


@blueprint.post("/self-assessments/<round_id>/recorder")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def name_recorder(found: Round) -> ResponseReturnValue:
    """Name somebody, or nobody else."""
    form = recorder_form(found)
    if not form.validate():
        flash(_("Choose somebody from the list."), "bad")
        return to_round(found)
    people = {one.public_id: one.id for one in current_members(found.organization_id, today())}
    chosen = people.get(form.person.data or "")
    return done(found, lambda: services.name_recorder(found, chosen, now()), _("Saved."))
