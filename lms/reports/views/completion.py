"""The completion report: organizations by modules."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.addresses import url_for
from lms.certification.queries import local_day
from lms.clock import now
from lms.formats.countries import country_name
from lms.i18n import language
from lms.organizations.models import Network
from lms.paging import asked_page
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.columns import FIELDS, ON_PAGE, fields_of
from lms.reports.group_wording import DIMENSIONS
from lms.reports.heat import heat, written_once
from lms.reports.offered.completion import completion_filters, completion_report
from lms.reports.queries.choices import choices_of
from lms.reports.queries.networks import administered
from lms.reports.ranges import ranges
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.reports.wording import (
    certificate_in_words,
    filters_in_words,
    sector_in_words,
    total_label,
    what_is_hidden,
    what_is_unknown,
    who_is_counted,
)
from lms.security import Permission, require
from lms.security.actor import Role
from lms.security.guards import the_actor

#: Where the steps of the heat map begin.
STEPS = (0, 0.2, 0.4, 0.6, 0.8)
#: A link to the same report with some of its address' values changed; None takes one off.
Link = Callable[..., str]


@blueprint.get("/reports")
@require(Permission.OPEN_REPORTS)
def home() -> ResponseReturnValue:
    """Go to the report of the network that is asked for, or of the first one."""
    networks = administered(the_actor().networks_as(Role.NETWORK_ADMIN), language())
    asked = request.args.get("network")
    chosen = next((network for network in networks if asked in (None, network.public_id)), None)
    if chosen is None:
        abort(404)
    return redirect(url_for("reports.completion", network_id=chosen.public_id))


@blueprint.get("/networks/<network_id>/reports/completion")
@require(Permission.SEE_REPORTS, targets.network)
def completion(network: Network) -> ResponseReturnValue:
    """Organizations by modules."""
    moment = read_for_report()
    choices = choices_of(network.id, local_day(network, now()), the_actor().person_id)
    form = completion_filters(network, request.args, now(), choices)
    page: dict[str, Any] = {"network": network, "form": form, "dimensions": DIMENSIONS}
    page["several_networks"] = several = administers_several()
    page["networks"] = administered(the_actor().networks_as(Role.NETWORK_ADMIN), language()) if several else [network]
    if not form.validate():
        return render_template("reports/completion.html", report=None, **page), 422
    arguments = form.arguments()
    if form.since.is_typed or form.until.is_typed:
        # Dates stand in an address as every reader's calendar can read them.
        return redirect(_link(network, arguments)())
    numbers = request.args.get("show") == "numbers"
    shown = arguments | ({"show": "numbers"} if numbers else {})
    made = completion_report(form, network, moment, asked_page())
    return render_template(
        "reports/completion.html",
        report=made,
        numbers=numbers,
        heat=heat(numbers=numbers),
        written_once=written_once,
        steps=STEPS,
        formats=list(FORMATS),
        filters=filters_in_words(made.query, made.all_modules, made.chosen),
        ranges=ranges(local_day(network, now())),
        link=_link(network, shown),
        arguments=shown,
        offered="completion",
        taken=arguments,
        views=choices.views,
        fields=fields_of(form.columns, ON_PAGE),
        field_names=FIELDS,
        sector_in_words=sector_in_words,
        country_name=country_name,
        certificate_in_words=certificate_in_words,
        total_label=total_label(made),
        who_is_counted=who_is_counted(),
        what_is_hidden=what_is_hidden(network.threshold),
        what_is_unknown=what_is_unknown(made.unknown) if made.unknown else "",
        **page,
    )


def administers_several() -> bool:
    """Whether the actor can look at several networks together."""
    return len(the_actor().networks_as(Role.NETWORK_ADMIN)) > 1


def _link(network: Network, arguments: dict[str, str]) -> Link:
    def link(endpoint: str = "reports.completion", **changes: str | None) -> str:
        values: dict[str, Any] = {name: value for name, value in {**arguments, **changes}.items() if value}
        return url_for(endpoint, network_id=network.public_id, **values)

    return link
