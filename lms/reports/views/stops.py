"""Where learners stop in a module."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.queries.modules import ReportModule, modules_of
from lms.reports.queries.stops import stops_of
from lms.reports.sheets import FORMATS
from lms.reports.stops_sheet import chart, rows_of, stops_sheet, what_is_hidden, who_is_counted
from lms.reports.views.blueprint import blueprint, download
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/stops")
@require(Permission.SEE_REPORTS, targets.network)
def stops(network: Network) -> ResponseReturnValue:
    """A funnel, and its table."""
    moment = read_for_report()
    modules = modules_of(network.id)
    chosen = _chosen(modules)
    found = stops_of(network, chosen, moment) if chosen else None
    return render_template(
        "reports/stops.html",
        network=network,
        modules=modules,
        chosen=chosen,
        rows=rows_of(found) if found else [],
        chart=chart(found, chosen) if found and chosen else "",
        formats=list(FORMATS) if chosen else [],
        taken_at=moment,
        who_is_counted=who_is_counted(),
        what_is_hidden=what_is_hidden(network.threshold),
    )


@blueprint.get("/networks/<network_id>/reports/stops/<file_format>")
@require(Permission.SEE_REPORTS, targets.network_file)
def stops_file(target: targets.NetworkFile) -> ResponseReturnValue:
    """The same numbers as a file."""
    moment = read_for_report()
    chosen = _chosen(modules_of(target.network.id))
    if chosen is None:
        abort(404)
    found = stops_of(target.network, chosen, moment)
    return download(stops_sheet(found, chosen, target.network, moment), target.file_format)


def _chosen(modules: list[ReportModule]) -> ReportModule | None:
    """The module that the address names, else the first."""
    asked = request.args.get("module", "")
    return next((module for module in modules if module.public_id == asked), modules[0] if modules else None)
