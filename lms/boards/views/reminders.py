"""Reminding the people of an organization of what waits for them."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lms.boards.services import remind_people
from lms.boards.standings import networks_for
from lms.boards.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import ngettext
from lms.organizations.models import Organization
from lms.organizations.queries import organization_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.post("/organizations/<public_id>/reminders")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_remind(organization: Organization) -> ResponseReturnValue:
    """Remind everybody whom one requirement waits for."""
    asked = request.form.get("network", "")
    network = next((each for each in networks_for(organization, the_actor()) if each.public_id == asked), None)
    if network is None:
        abort(404)
    actor_id, key = the_actor().person_id, request.form.get("requirement", "")
    try:
        with write_unit():
            told = remind_people(organization, network, key, actor_id=actor_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        many = ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", told)
        flash(many if told else _("Whom this waits for was reminded today already."))
    return redirect(url_for("boards.organization", public_id=organization.public_id), 303)
