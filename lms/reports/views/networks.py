"""The networks that somebody administers, together: by form and by reach."""

from flask import render_template, request

from lms.organizations.labels import FORMS, REACHES
from lms.replica import read_for_report
from lms.reports.heat import heat
from lms.reports.networks_sheet import forms_of, how_it_adds_up, reaches_of
from lms.reports.offered.networks import networks_asked_for
from lms.reports.queries.kinds import NETWORK
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.reports.views.completion import STEPS
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor


@blueprint.get("/reports/networks")
@require(Permission.OPEN_REPORTS)
def networks() -> str:
    """Forms, reaches and networks by the site's modules; its files and schedules are those of the network named."""
    moment = read_for_report()
    found = networks_asked_for(the_actor().networks_as(Role.NETWORK_ADMIN))
    asked = request.args.get("network")
    show = request.args.get("show") == "numbers"
    return render_template(
        "reports/networks.html",
        report=found,
        network=next((each for each in found.networks if each.public_id == asked), found.networks[0]),
        forms=forms_of(found),
        reaches=reaches_of(found),
        networks=[(network, found.of(f"{NETWORK}{network.public_id}")) for network in found.networks],
        labels={"form": FORMS, "reach": REACHES},
        numbers=show,
        heat=heat(numbers=show),
        steps=STEPS,
        taken_at=moment,
        how_it_adds_up=how_it_adds_up(),
        formats=list(FORMATS),
        offered="networks",
        taken={},
    )
