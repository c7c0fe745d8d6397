"""A network's board."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.boards.queries.certification import waiting_count
from lms.boards.views.blueprint import blueprint
from lms.certification.queries import local_day
from lms.clock import now, today
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.forms import NetworkForm
from lms.organizations.models import Network
from lms.organizations.queries import network_by_public_id, organization_count, organizations_of
from lms.organizations.services import change_network
from lms.paging import asked_page, asked_search
from lms.reports.queries.columns import Columns
from lms.reports.queries.stock import people_and_totals, sizes
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/networks/<public_id>")
@require(Permission.SEE_NETWORK, target=network_by_public_id)
def network(network: Network) -> str:
    """The organizations of a network, present or former."""
    search, former = asked_search(), request.args.get("show") == "former"
    page = organizations_of(network, day=today(), language=language(), search=search, former=former, page=asked_page())
    columns = Columns(network.id, local_day(network, now()), ())
    return render_template(
        "boards/network.html",
        network=network,
        page=page,
        organizations=organization_count(network.id, today()),
        people=people_and_totals(columns, None)[0],
        sizes=sizes(columns, [link.organization_id for link in page.items]),
        search=search,
        former=former,
        waiting=waiting_count(network.id),
    )


@blueprint.get("/networks/<public_id>/edit")
@require(Permission.MANAGE_NETWORK, target=network_by_public_id)
def network_edit(network: Network) -> str:
    """The form for a network's names and kind."""
    return render_template("boards/network_form.html", form=NetworkForm(network=network), network=network)


@blueprint.post("/networks/<public_id>/edit")
@require(Permission.MANAGE_NETWORK, target=network_by_public_id)
def network_save(network: Network) -> ResponseReturnValue:
    """Store a network's names and kind."""
    form = NetworkForm(network=network)
    if not form.validate():
        return render_template("boards/network_form.html", form=form, network=network), 422
    with write_unit():
        change_network(network, form.facts(), actor_id=the_actor().person_id, now=now())
    flash(_("Saved."))
    return redirect(url_for("boards.network", public_id=network.public_id), 303)
