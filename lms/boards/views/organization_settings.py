"""What a manager can change of an organization, and what its networks may see."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.boards.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.organizations.forms import OrganizationForm
from lms.organizations.models import Organization
from lms.organizations.queries import networks_of, organization_by_public_id
from lms.organizations.services import change_organization, share_names
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/organizations/<public_id>/settings")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_settings(organization: Organization) -> str:
    """Names and place, and what the networks may see."""
    form = OrganizationForm(organization=organization)
    return _settings_page(organization, form)


@blueprint.post("/organizations/<public_id>/settings")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_save(organization: Organization) -> ResponseReturnValue:
    """Store names and place."""
    form = OrganizationForm(organization=organization)
    if not form.validate():
        return _settings_page(organization, form), 422
    with write_unit():
        change_organization(organization, form.facts(), actor_id=the_actor().person_id, now=now())
    flash(_("Saved."))
    return redirect(url_for("boards.organization", public_id=organization.public_id), 303)


def _settings_page(organization: Organization, form: OrganizationForm) -> str:
    return render_template(
        "boards/organization_settings.html",
        organization=organization,
        networks=networks_of(organization),
        form=form,
    )


@blueprint.post("/organizations/<public_id>/names")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_names(organization: Organization) -> ResponseReturnValue:
    """Let the networks see names, or not."""
    shares = request.form.get("shares") == "yes"
    with write_unit():
        share_names(organization, shares, actor_id=the_actor().person_id, now=now())
    flash(_("Networks see names now.") if shares else _("Networks see no names now."))
    return redirect(url_for("boards.organization_settings", public_id=organization.public_id), 303)
