"""Where learners stop in a module."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.module_form import OneModuleForm
from lms.reports.queries.modules import modules_of
from lms.reports.queries.stops import stops_of
from lms.reports.sheets import FORMATS
from lms.reports.stops_sheet import chart, rows_of, what_is_hidden, who_is_counted
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/stops")
@require(Permission.SEE_REPORTS, targets.network)
def stops(network: Network) -> ResponseReturnValue:
    """A funnel, and its table."""
    moment = read_for_report()
    form = OneModuleForm(request.args, modules_of(network.id))
    page: dict[str, Any] = {"network": network, "form": form, "endpoint": "reports.stops", "taken_at": moment}
    module = form.chosen()
    if form.modules and not form.validate():
        return render_template("reports/stops.html", chosen=None, **page), 422
    if module is None:
        return render_template("reports/stops.html", chosen=None, **page)
    found = stops_of(network, module, moment)
    return render_template(
        "reports/stops.html",
        chosen=module,
        rows=rows_of(found),
        chart=chart(found, module),
        formats=list(FORMATS),
        offered="stops",
        taken=form.arguments(),
        who_is_counted=who_is_counted(),
        what_is_hidden=what_is_hidden(network.threshold),
        **page,
    )
