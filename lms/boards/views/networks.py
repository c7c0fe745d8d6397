"""The networks that one oversees, and new ones."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.boards.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.forms import NetworkForm
from lms.organizations.queries import all_networks
from lms.organizations.services import create_network
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor


@blueprint.get("/networks")
@require(Permission.CREATE_NETWORK)
def networks() -> ResponseReturnValue:
    """The networks that the reader administers; for an operator all of them."""
    actor = the_actor()
    mine = actor.networks_as(Role.NETWORK_ADMIN)
    rows = all_networks(language(), None if actor.has_role(Role.OPERATOR) else mine)
    return render_template("boards/networks.html", rows=rows, mine=mine)


@blueprint.get("/networks/new")
@require(Permission.CREATE_NETWORK)
def network_new() -> str:
    """The form for a new network."""
    return render_template("boards/network_form.html", form=NetworkForm(), network=None)


@blueprint.post("/networks/new")
@require(Permission.CREATE_NETWORK)
def network_create() -> ResponseReturnValue:
    """Create a network; whoever creates it administers it."""
    form = NetworkForm()
    if not form.validate():
        return render_template("boards/network_form.html", form=form, network=None), 422
    with write_unit():
        network = create_network(form.facts(), actor_id=the_actor().person_id, now=now())
    flash(_("The network is created and you are its admin. Add its organizations now."))
    return redirect(url_for("boards.network", public_id=network.public_id), 303)
