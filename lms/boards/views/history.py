"""What happened to an organization in a network, on one line of time."""

from flask import render_template

from lms.boards.queries.naming import who_did
from lms.boards.views.blueprint import blueprint
from lms.certification.timeline import timeline_of
from lms.organizations.models import NetworkMembership
from lms.organizations.queries import link_of
from lms.paging import asked_page
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor


@blueprint.get("/networks/<network>/organizations/<organization>/history")
@require(Permission.SEE_ORGANIZATION, target=link_of)
def network_organization_history(link: NetworkMembership) -> str:
    """Steps, dates and rules, the latest first: for the organization's people and the network's admins."""
    actor = the_actor()
    page = timeline_of(link.organization_id, link.network_id, asked_page())
    acted = {id_ for entry in page.items for id_ in entry.source.people(entry.about) if id_ is not None}
    return render_template(
        "boards/history.html",
        link=link,
        network=link.network,
        organization=link.organization,
        page=page,
        who=who_did(acted, link.organization_id, link.network_id, actor),
        administers=link.network_id in actor.networks_as(Role.NETWORK_ADMIN),
    )
