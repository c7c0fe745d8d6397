"""The networks that somebody administers, together: by form and by reach."""

from collections.abc import Sequence

from flask import render_template, request

from lms.clock import today
from lms.i18n import language
from lms.organizations.labels import FORMS, REACHES
from lms.replica import read_for_report
from lms.reports.heat import Heat
from lms.reports.queries.completion import Cell
from lms.reports.queries.kinds import ALL, FORM, NETWORK, REACH, Together, networks_together
from lms.reports.queries.modules import modules_of
from lms.reports.queries.networks import administered
from lms.reports.views.blueprint import blueprint
from lms.reports.views.completion import STEPS
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor


@blueprint.get("/reports/networks")
@require(Permission.OPEN_REPORTS)
def networks() -> str:
    """Forms, reaches and networks by the site's modules."""
    moment = read_for_report()
    found = administered(the_actor().networks_as(Role.NETWORK_ADMIN), language())
    modules = modules_of(None)
    numbers = networks_together([network.id for network in found], modules, today())
    nobody = Together(0, tuple(Cell(0, 0) for _module in modules))
    show = request.args.get("show") == "numbers"
    return render_template(
        "reports/networks.html",
        modules=modules,
        forms=[(FORMS[key], numbers.get(f"{FORM}{key}", nobody)) for key in FORMS if _any(found, "form", key)],
        reaches=[(REACHES[key], numbers.get(f"{REACH}{key}", nobody)) for key in REACHES if _any(found, "reach", key)],
        networks=[(network, numbers.get(f"{NETWORK}{network.public_id}", nobody)) for network in found],
        total=numbers.get(ALL, nobody),
        labels={"form": FORMS, "reach": REACHES},
        numbers=show,
        heat=Heat(numbers=show),
        steps=STEPS,
        taken_at=moment,
    )


def _any(found: Sequence[object], name: str, value: str) -> bool:
    return any(getattr(network, name) == value for network in found)
