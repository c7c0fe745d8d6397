"""Starts, completions and certificates over time."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.queries import local_day
from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.queries.modules import modules_of
from lms.reports.queries.trends import trend
from lms.reports.sheets import FORMATS
from lms.reports.trend_form import TrendForm
from lms.reports.trend_sheet import chart, shown_in_words, step_in_words, what_is_counted, what_is_hidden
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/over-time")
@require(Permission.SEE_REPORTS, targets.network)
def over_time(network: Network) -> ResponseReturnValue:
    """A chart, and its table."""
    moment = read_for_report()
    form = TrendForm(request.args, modules_of(network.id))
    page: dict[str, Any] = {"network": network, "form": form, "taken_at": moment}
    if not form.validate():
        return render_template("reports/over_time.html", rows=None, **page), 422
    arguments: dict[str, Any] = dict(form.arguments())
    if form.since.is_typed or form.until.is_typed:
        # Dates stand in an address as every reader's calendar can read them.
        return redirect(url_for(".over_time", network_id=network.public_id, **arguments))
    query = form.query(network, local_day(network, moment))
    rows = trend(query)
    return render_template(
        "reports/over_time.html",
        rows=rows,
        query=query,
        chart=chart(query, rows),
        formats=list(FORMATS),
        offered="over-time",
        taken=arguments,
        step_in_words=step_in_words,
        shown_in_words=shown_in_words,
        what_is_counted=what_is_counted(),
        what_is_hidden=what_is_hidden(network.threshold),
        **page,
    )
