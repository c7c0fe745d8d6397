"""Who administers a network."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.queries import person_signing_in_as
from lms.boards.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.forms import AdminForm
from lms.organizations.models import Grant, Network
from lms.organizations.queries import actor_of, admin_of, admins_of, network_by_public_id
from lms.organizations.services import end_admin, name_admin
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.security.policy import allows
from lms.text import isolate


@blueprint.get("/networks/<public_id>/admins")
@require(Permission.NAME_ADMINS, target=network_by_public_id)
def network_admins(network: Network) -> str:
    """The admins, and a form to name another one."""
    return _page(network, AdminForm())


@blueprint.post("/networks/<public_id>/admins")
@require(Permission.NAME_ADMINS, target=network_by_public_id)
def network_admin_name(network: Network) -> ResponseReturnValue:
    """Make the person with a sign-in name admin."""
    form = AdminForm()
    if not form.validate():
        return _page(network, form), 422
    person = person_signing_in_as(form.sign_in_name.data or "")
    if person is None:
        form.refuse(DomainError(_("Nobody signs in with this name. She needs an account first."), "sign_in_name"))
        return _page(network, form), 422
    with write_unit():
        name_admin(network, person, actor_id=the_actor().person_id, now=now())
    flash(_("%(name)s administers the network now.", name=isolate(person.display_name)))
    return _to_admins(network)


@blueprint.post("/networks/<public_id>/admins/<person>/end")
@require(Permission.NAME_ADMINS, target=admin_of)
def network_admin_end(grant: Grant) -> ResponseReturnValue:
    """Take the administration from a person."""
    network = grant.network
    assert network is not None
    try:
        with write_unit():
            end_admin(grant, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(_("%(name)s administers the network no more.", name=isolate(grant.person.display_name)))
    if not allows(actor_of(the_actor().person_id), Permission.NAME_ADMINS, network.scope()):
        return redirect(url_for("learning.home"), 303)
    return _to_admins(network)


def _to_admins(network: Network) -> ResponseReturnValue:
    return redirect(url_for("boards.network_admins", public_id=network.public_id), 303)


def _page(network: Network, form: AdminForm) -> str:
    return render_template("boards/network_admins.html", network=network, form=form, admins=admins_of(network.id))
