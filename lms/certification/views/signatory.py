"""Who signs a network's certificates."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.forms import SignatoryForm
from lms.certification.queries import local_day, signatory_on
from lms.certification.services import name_signatory
from lms.certification.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.forms import texts_of
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor


def named_network(network_id: str) -> Network | None:
    """The network of an address."""
    return network_by_public_id(network_id)


@blueprint.get("/networks/<network_id>/signatory")
@require(Permission.MANAGE_NETWORK, target=named_network)
def signatory(network: Network) -> str:
    """The name and role that stand on its certificates."""
    return _page(network, SignatoryForm(signatory=signatory_on(network.id, local_day(network, now()))))


@blueprint.post("/networks/<network_id>/signatory")
@require(Permission.MANAGE_NETWORK, target=named_network)
def signatory_save(network: Network) -> ResponseReturnValue:
    """Store them."""
    form = SignatoryForm()
    if not form.validate():
        return _page(network, form), 422
    with write_unit():
        name_signatory(
            network,
            texts_of(form, "name"),
            texts_of(form, "role"),
            earlier_too=form.earlier.data,
            actor_id=the_actor().person_id,
            now=now(),
        )
    flash(_("Saved."))
    return redirect(url_for("boards.network", public_id=network.public_id), 303)


def _page(network: Network, form: SignatoryForm) -> str:
    return render_template("certification/signatory.html", network=network, form=form)
