"""The people of a whole network by module: the first lines on a page, all of them in a file."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.details_sheet import details_sheet, formats_for, what_is_told
from lms.reports.queries.details import details_of
from lms.reports.queries.modules import modules_of
from lms.reports.views.blueprint import blueprint, download
from lms.reports.wording import who_is_counted
from lms.security import Permission, require

FIRST = 50
"""Lines on the page."""


@blueprint.get("/networks/<network_id>/reports/people")
@require(Permission.SEE_REPORTS, targets.network)
def details(network: Network) -> ResponseReturnValue:
    """The first lines, and the files that hold all."""
    moment = read_for_report()
    modules = modules_of(network.id)
    query = details_of(network, modules, request.args.get("module", ""), moment)
    sheet = details_sheet(query, network, moment, FIRST)
    shown = [place for place, column in enumerate(sheet.columns) if column.key != "completed_jalali"]
    return render_template(
        "reports/details.html",
        network=network,
        modules=modules,
        chosen=query.modules[0] if query.is_chosen else None,
        columns=[sheet.columns[place] for place in shown],
        lines=[[line[place] for place in shown] for line in sheet.lines],
        expected=sheet.expected,
        formats=formats_for(sheet.expected),
        taken_at=moment,
        what_is_told=what_is_told(),
        who_is_counted=who_is_counted(),
    )


@blueprint.get("/networks/<network_id>/reports/people/<file_format>")
@require(Permission.SEE_REPORTS, targets.network_file)
def details_file(target: targets.NetworkFile) -> ResponseReturnValue:
    """All lines as a file, sent as they are read."""
    moment = read_for_report()
    query = details_of(target.network, modules_of(target.network.id), request.args.get("module", ""), moment)
    sheet = details_sheet(query, target.network, moment)
    if target.file_format not in formats_for(sheet.expected):
        abort(404)
    return download(sheet, target.file_format)
