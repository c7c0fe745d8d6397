"""Which certificates of a network's organizations end soon."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.queries import local_day
from lms.formats.countries import country_name
from lms.i18n import language
from lms.organizations.models import Network
from lms.paging import asked_page
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.expiry_sheet import phase_in_words, renewal_in_words, what_is_listed
from lms.reports.offered.expiries import expiry_filters
from lms.reports.queries.expiries import expiries as expiries_of
from lms.reports.queries.expiries import months_of
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/expiries")
@require(Permission.SEE_REPORTS, targets.network)
def expiries(network: Network) -> ResponseReturnValue:
    """How many end in each month, and which."""
    moment = read_for_report()
    form = expiry_filters(network, request.args, moment)
    page: dict[str, Any] = {"network": network, "form": form, "taken_at": moment}
    if not form.validate():
        return render_template("reports/expiries.html", page=None, **page), 422
    query = form.query(network.id, local_day(network, moment))
    return render_template(
        "reports/expiries.html",
        page=expiries_of(query, language(), asked_page()),
        query=query,
        months=months_of(query),
        link=_link(network, form.arguments()),
        formats=list(FORMATS),
        offered="expiries",
        taken=form.arguments(),
        country_name=country_name,
        phase_in_words=phase_in_words,
        renewal_in_words=renewal_in_words,
        what_is_listed=what_is_listed(),
        **page,
    )


def _link(network: Network, arguments: dict[str, str]) -> Callable[..., str]:
    def link(**changes: Any) -> str:
        values = {name: value for name, value in {**arguments, **changes}.items() if value}
        return url_for(".expiries", network_id=network.public_id, **values)

    return link
