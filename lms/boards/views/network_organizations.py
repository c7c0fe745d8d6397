"""Organizations of a network: adding one, ending its membership, taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.boards.views.blueprint import blueprint
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.forms import NewOrganizationForm
from lms.organizations.models import Network, NetworkMembership
from lms.organizations.queries import (
    link_of,
    managers_of,
    network_by_public_id,
    open_manager_links,
    similar_organizations,
)
from lms.organizations.services import add_organization, end_network_membership, take_back
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor


@blueprint.get("/networks/<public_id>/organizations/new")
@require(Permission.MANAGE_NETWORK, target=network_by_public_id)
def network_organization_new(network: Network) -> str:
    """The form for a new organization."""
    form = NewOrganizationForm(country=network.country)
    return render_template("boards/network_organization_new.html", form=form, network=network, similar=[])


@blueprint.post("/networks/<public_id>/organizations/new")
@require(Permission.MANAGE_NETWORK, target=network_by_public_id)
def network_organization_add(network: Network) -> ResponseReturnValue:
    """Add an organization; where one of that name is known, ask first."""
    template, form = "boards/network_organization_new.html", NewOrganizationForm()
    if not form.validate():
        return render_template(template, form=form, network=network, similar=[]), 422
    actor = the_actor()
    similar = similar_organizations(form.facts().names, actor.networks_as(Role.NETWORK_ADMIN), network.id, today())
    if similar and not form.anyway.data:
        return render_template(template, form=form, network=network, similar=similar), 422
    with write_unit():
        organization = add_organization(network, form.facts(), actor_id=actor.person_id, now=now())
    flash(_("The organization is added. Invite its manager now."))
    return _to_link(network.public_id, organization.public_id)


@blueprint.get("/networks/<network>/organizations/<organization>")
@require(Permission.MANAGE_NETWORK, target=link_of)
def network_organization(link: NetworkMembership) -> str:
    """An organization as its network has it: since when, who manages it, open invitations of managers."""
    return render_template(
        "boards/network_organization.html",
        link=link,
        network=link.network,
        organization=link.organization,
        inside=link.covers(today()),
        managers=managers_of(link.organization_id),
        invitations=open_manager_links(link.organization_id, now()),
    )


@blueprint.get("/networks/<network>/organizations/<organization>/end")
@require(Permission.MANAGE_NETWORK, target=link_of)
def network_organization_end(link: NetworkMembership) -> str:
    """Ask whether the organization shall leave the network."""
    return render_template("boards/network_organization_end.html", network=link.network, organization=link.organization)


@blueprint.post("/networks/<network>/organizations/<organization>/end")
@require(Permission.MANAGE_NETWORK, target=link_of)
def network_organization_end_now(link: NetworkMembership) -> ResponseReturnValue:
    """End the membership."""
    with write_unit():
        end_network_membership(link, actor_id=the_actor().person_id, now=now())
    flash(_("The membership has ended. You can take the organization back here."))
    return _to_link(link.network.public_id, link.organization.public_id)


@blueprint.post("/networks/<network>/organizations/<organization>/return")
@require(Permission.MANAGE_NETWORK, target=link_of)
def network_organization_return(link: NetworkMembership) -> ResponseReturnValue:
    """Take a former organization back."""
    try:
        with write_unit():
            take_back(link, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(_("The organization is a member again."))
    return _to_link(link.network.public_id, link.organization.public_id)


def _to_link(network: str, organization: str) -> ResponseReturnValue:
    return redirect(url_for("boards.network_organization", network=network, organization=organization), 303)
