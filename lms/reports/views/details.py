"""The people of a whole network by module: the first lines on a page, all of them in a file."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.details_sheet import details_sheet, what_is_told
from lms.reports.offered.people import people_filters
from lms.reports.sheets import OTHER_CALENDAR, formats_for
from lms.reports.views.blueprint import blueprint
from lms.reports.wording import who_is_counted
from lms.security import Permission, require

FIRST = 50
"""Lines on the page."""


@blueprint.get("/networks/<network_id>/reports/people")
@require(Permission.SEE_REPORTS, targets.network)
def details(network: Network) -> ResponseReturnValue:
    """The first lines, and the files that hold all."""
    moment = read_for_report()
    form = people_filters(network, request.args, moment)
    page: dict[str, Any] = {"network": network, "form": form, "taken_at": moment}
    if not form.validate():
        return render_template("reports/details.html", lines=None, **page), 422
    sheet = details_sheet(form.query(network, moment), network, moment, FIRST)
    shown = [place for place, column in enumerate(sheet.columns) if not column.key.endswith(OTHER_CALENDAR)]
    return render_template(
        "reports/details.html",
        columns=[sheet.columns[place] for place in shown],
        lines=[[line[place] for place in shown] for line in sheet.lines],
        expected=sheet.expected,
        formats=formats_for(sheet.expected),
        offered="people",
        taken=form.arguments(),
        what_is_told=what_is_told(),
        who_is_counted=who_is_counted(),
        **page,
    )
