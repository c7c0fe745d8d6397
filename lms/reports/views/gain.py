"""What modules taught: before and after."""

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.organizations.models import Network
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.gain_sheet import chart, what_gain_is, what_is_hidden, who_is_counted
from lms.reports.queries.gains import gains_of
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/gain")
@require(Permission.SEE_REPORTS, targets.network)
def gain(network: Network) -> ResponseReturnValue:
    """A chart, and its table."""
    moment = read_for_report()
    rows = gains_of(network, moment)
    return render_template(
        "reports/gain.html",
        network=network,
        rows=rows,
        chart=chart(rows),
        formats=list(FORMATS),
        offered="gain",
        taken={},
        taken_at=moment,
        who_is_counted=who_is_counted(),
        what_gain_is=what_gain_is(),
        what_is_hidden=what_is_hidden(network.threshold),
    )
