"""Every report as a file: the numbers of its page."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.offered import REPORTS, Asking, OutdatedView
from lms.reports.sending import download
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor


@blueprint.get("/networks/<network_id>/reports/<report>/<file_format>")
@require(Permission.SEE_REPORTS, targets.report_file)
def report_file(target: targets.ReportFile) -> ResponseReturnValue:
    """The view of the address, whole, made as it is sent."""
    moment = read_for_report()
    asking = Asking(target.network, request.args, moment, the_actor().networks_as(Role.NETWORK_ADMIN))
    try:
        asked = REPORTS[target.report].ask(asking)
    except OutdatedView:
        abort(404)
    return download(asked.sheet(), target.file_format)
