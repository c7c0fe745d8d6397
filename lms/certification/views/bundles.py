"""Many certificates at once, to print or to hand on."""

from flask import abort, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.forms import BundleForm
from lms.certification.models import Bundle, BundleState
from lms.certification.queries import issuers_day
from lms.certification.queries.bundles import bound_count, bundle_by_public_id, newest_bundles
from lms.certification.services import ask_for_bundle
from lms.certification.views.blueprint import blueprint
from lms.certification.views.signatory import named_network
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Network, Organization
from lms.organizations.queries import organization_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.storage import send_stored

#: Seconds after which a browser looks again.
AGAIN = "4"


@blueprint.get("/networks/<network_id>/certificates")
@require(Permission.MANAGE_NETWORK, target=named_network)
def network_bundles(network: Network) -> str:
    """The certificates of its organizations, in one file."""
    return _asking(network)


@blueprint.post("/networks/<network_id>/certificates")
@require(Permission.MANAGE_NETWORK, target=named_network)
def network_bundle_ask(network: Network) -> ResponseReturnValue:
    """Have them bound together."""
    return _ask(network)


@blueprint.get("/organizations/<public_id>/certificates")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_bundles(organization: Organization) -> str:
    """The certificates that its people chose to show, in one file."""
    return _asking(organization)


@blueprint.post("/organizations/<public_id>/certificates")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_bundle_ask(organization: Organization) -> ResponseReturnValue:
    """Have them bound together."""
    return _ask(organization)


def _asking(of: Network | Organization) -> str:
    network = of if isinstance(of, Network) else None
    network_id = network.id if network else None
    organization_id = of.id if isinstance(of, Organization) else None
    count = bound_count(network_id, organization_id, issuers_day(network, now()))
    newest = newest_bundles(network_id, organization_id)
    form = BundleForm(data={"language": language()})
    return render_template(
        "certification/bundles.html",
        of=of,
        is_network=network is not None,
        count=count,
        bundles=newest,
        form=form,
    )


def _ask(of: Network | Organization) -> ResponseReturnValue:
    form = BundleForm()
    if not form.validate():
        abort(400)
    try:
        with write_unit():
            made = ask_for_bundle(of, form.language.data or "", actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "due")
        return redirect(_home(of), 303)
    return redirect(url_for("certification.bundle", public_id=made.public_id), 303)


def _home(of: Network | Organization) -> str:
    if isinstance(of, Network):
        return url_for("certification.network_bundles", network_id=of.public_id)
    return url_for("certification.organization_bundles", public_id=of.public_id)


@blueprint.get("/certificate-bundles/<public_id>")
@require(Permission.SEE_BUNDLE, target=bundle_by_public_id)
def bundle(bundle: Bundle) -> ResponseReturnValue:
    """How far it is; then, the file."""
    home = _home(bundle.network or bundle.organization)  # type: ignore[arg-type]  # one of both, by a constraint
    response = make_response(render_template("certification/bundle.html", bundle=bundle, home=home))
    if bundle.state == BundleState.WAITING:
        response.headers["Refresh"] = AGAIN
    return response


@blueprint.get("/certificate-bundles/<public_id>/file")
@require(Permission.SEE_BUNDLE, target=bundle_by_public_id)
def bundle_file(bundle: Bundle) -> ResponseReturnValue:
    """The archive, to be saved."""
    if bundle.file_key is None:
        abort(404)
    return send_stored(bundle.file_key, "application/zip", download_name=f"{_('certificates')}.zip")
