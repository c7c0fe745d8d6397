"""How long people take from their invitation to the completion of a module."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports import wait_sheet as words
from lms.reports.module_form import ModuleForm
from lms.reports.offered.waits import wait_query
from lms.reports.queries.modules import modules_of
from lms.reports.queries.waits import waits_of
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/time-to-complete")
@require(Permission.SEE_REPORTS, targets.network)
def waits(network: Network) -> ResponseReturnValue:
    """A chart, and its table."""
    moment = read_for_report()
    form = ModuleForm(request.args, modules_of(network.id))
    page: dict[str, Any] = {"network": network, "form": form, "endpoint": "reports.waits", "taken_at": moment}
    if not form.validate():
        return render_template("reports/waits.html", rows=None, **page), 422
    query = wait_query(form, network)
    return render_template(
        "reports/waits.html",
        query=query,
        rows=waits_of(query),
        formats=list(FORMATS),
        offered="time-to-complete",
        taken=form.arguments(),
        words=words,
        **page,
    )
