"""An organization's networks: joining another one, leaving one; and a network that admits an organization."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.boards.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Invitation, InvitedAs, NetworkMembership, Organization
from lms.organizations.queries import (
    all_networks,
    invitation_by_code,
    link_of,
    network_by_public_id,
    networks_of,
    organization_by_public_id,
)
from lms.organizations.services import admit_by_link, leave_network, offer_to_networks
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor
from lms.security.policy import allows


@blueprint.get("/organizations/<public_id>/networks")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_networks(organization: Organization) -> str:
    """The networks that the organization belongs to."""
    return render_template(
        "boards/organization_networks.html", organization=organization, networks=networks_of(organization)
    )


@blueprint.post("/organizations/<public_id>/networks")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_offer(organization: Organization) -> ResponseReturnValue:
    """Make a link by which another network can admit the organization."""
    with write_unit():
        made = offer_to_networks(organization, actor_id=the_actor().person_id, now=now())
    flash(_("The link is made. Hand it on yourself."))
    return redirect(url_for("boards.organization_invitation", public_id=made.public_id), 303)


@blueprint.get("/organizations/<organization>/networks/<network>/leave")
@require(Permission.MANAGE_ORGANIZATION, target=link_of)
def organization_leave_network(link: NetworkMembership) -> str:
    """Ask whether the organization shall leave the network."""
    return render_template("boards/leave_network.html", organization=link.organization, network=link.network)


@blueprint.post("/organizations/<organization>/networks/<network>/leave")
@require(Permission.MANAGE_ORGANIZATION, target=link_of)
def organization_leave_network_now(link: NetworkMembership) -> ResponseReturnValue:
    """Leave the network."""
    with write_unit():
        leave_network(link, actor_id=the_actor().person_id, now=now())
    flash(_("The organization has left the network."))
    return redirect(url_for("boards.organization_networks", public_id=link.organization.public_id), 303)


@blueprint.get("/admissions/<code>")
@require(Permission.CREATE_NETWORK)
def network_admission(code: str) -> str:
    """Which network shall admit the organization that a link offers."""
    invitation = _offer(code)
    mine = the_actor().networks_as(Role.NETWORK_ADMIN)
    present = {network.id for network in networks_of(invitation.organization)}
    networks = [row[0] for row in all_networks(language(), mine) if row[0].id not in present]
    return render_template("boards/admission.html", invitation=invitation, networks=networks)


@blueprint.post("/admissions/<code>")
@require(Permission.CREATE_NETWORK)
def network_admit(code: str) -> ResponseReturnValue:
    """Admit it to one of the networks that the reader administers."""
    invitation, network = _offer(code), network_by_public_id(request.form.get("network", ""))
    if network is None or not allows(the_actor(), Permission.MANAGE_NETWORK, network.scope()):
        abort(404)
    try:
        with write_unit():
            link = admit_by_link(invitation, network, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(url_for("boards.networks"), 303)
    flash(_("The organization is a member now."))
    organization = link.organization.public_id
    return redirect(url_for("boards.network_organization", network=network.public_id, organization=organization), 303)


def _offer(code: str) -> Invitation:
    found = invitation_by_code(code)
    if found is None or found.invited_as != InvitedAs.NETWORK or not found.is_open(now()):
        abort(404)
    return found
