"""What a network's scheme says and said, in words; for its admins, and for the organizations of which it is asked."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.models import Revision
from lms.certification.queries import local_day, revisions_of
from lms.certification.scheme_page import scheme_page
from lms.certification.services import cancel_revision
from lms.certification.views.blueprint import blueprint
from lms.certification.views.signatory import named_network
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Network, NetworkMembership
from lms.organizations.queries import link_of
from lms.security import Permission, require
from lms.security.actor import Scope
from lms.security.guards import the_actor
from lms.security.policy import allows


class NamedRevision:
    """A revision of a network's scheme, by the ids of an address."""

    def __init__(self, network: Network, revision: Revision) -> None:
        self.network, self.revision = network, revision

    def scope(self) -> Scope:
        """Its network's."""
        return self.network.scope()


def named_revision(network_id: str, number: int) -> NamedRevision | None:
    """The revision of an address."""
    network = named_network(network_id)
    found = [each for each in revisions_of(network.id) if each.number == number] if network else []
    return NamedRevision(network, found[0]) if network and found else None


def present_seat(organization_id: str, network_id: str) -> NetworkMembership | None:
    """An organization that is in a network today."""
    link = link_of(network_id, organization_id)
    return link if link is not None and link.covers(local_day(link.network, now())) else None


@blueprint.get("/networks/<network_id>/scheme")
@require(Permission.SEE_NETWORK, target=named_network)
def scheme(network: Network) -> str:
    """The scheme, for who may change it."""
    return _page(network)


@blueprint.get("/organizations/<organization_id>/schemes/<network_id>")
@require(Permission.SEE_ORGANIZATION, target=present_seat)
def asked_for(seat: NetworkMembership) -> str:
    """What a network asks of an organization."""
    return _page(seat.network, organization=seat.organization)


def _page(network: Network, **values: object) -> str:
    asked = request.args.get("told", "")
    edits = allows(the_actor(), Permission.MANAGE_NETWORK, network.scope())
    page = scheme_page(network, asked if asked in LANGUAGES else language(), names_makers=edits)
    return render_template("certification/scheme.html", network=network, page=page, edits=edits, **values)


@blueprint.get("/networks/<network_id>/scheme/revisions/<int:number>/cancel")
@require(Permission.MANAGE_NETWORK, target=named_revision)
def scheme_cancel(named: NamedRevision) -> str:
    """Ask before a change that has not begun is taken back."""
    return render_template("certification/scheme_cancel.html", network=named.network, revision=named.revision)


@blueprint.post("/networks/<network_id>/scheme/revisions/<int:number>/cancel")
@require(Permission.MANAGE_NETWORK, target=named_revision)
def scheme_cancel_now(named: NamedRevision) -> ResponseReturnValue:
    """Take it back."""
    try:
        with write_unit():
            cancel_revision(named.network, named.revision, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
    else:
        flash(_("The change is cancelled; what was said before it goes on."))
    return redirect(url_for("certification.scheme", network_id=named.network.public_id), 303)
