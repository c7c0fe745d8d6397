"""The completion report: organizations by modules."""

from collections.abc import Callable, Mapping
from datetime import datetime
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
from lms.reports.columns import FIELDS, ON_PAGE, fields_of, with_columns
from lms.reports.completion_sheet import completion_sheet
from lms.reports.forms import FilterForm
from lms.reports.group_wording import DIMENSIONS
from lms.reports.heat import Heat
from lms.reports.queries.choices import Choices, choices_of
from lms.reports.queries.completion import CompletionReport, report
from lms.reports.queries.modules import editions_of, modules_of
from lms.reports.queries.networks import administered
from lms.reports.ranges import ranges
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint, download
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
    form = _form(network, request.args, choices)
    networks = administered(the_actor().networks_as(Role.NETWORK_ADMIN), language())
    page: dict[str, Any] = {"network": network, "networks": networks, "form": form, "dimensions": DIMENSIONS}
    page["several_networks"] = administers_several()
    if not form.validate():
        return render_template("reports/completion.html", report=None, **page), 422
    arguments = form.arguments()
    if form.since.is_typed or form.until.is_typed:
        # Dates stand in an address as every reader's calendar can read them.
        return redirect(_link(network, arguments)())
    numbers = request.args.get("show") == "numbers"
    arguments |= {"show": "numbers"} if numbers else {}
    made = _report(form, network, moment, asked_page())
    return render_template(
        "reports/completion.html",
        report=made,
        numbers=numbers,
        heat=Heat(numbers=numbers),
        steps=STEPS,
        formats=list(FORMATS),
        filters=filters_in_words(made.query, made.all_modules, made.chosen),
        ranges=ranges(local_day(network, now())),
        link=_link(network, arguments),
        arguments=arguments,
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


@blueprint.get("/networks/<network_id>/reports/completion/<file_format>")
@require(Permission.SEE_REPORTS, targets.network_file)
def completion_file(target: targets.NetworkFile) -> ResponseReturnValue:
    """The same numbers as a file."""
    moment = read_for_report()
    form = filters_for(target.network, request.args)
    if not form.validate():
        abort(404)
    fields = fields_of(form.columns, FIELDS)
    return download(completion_sheet(_report(form, target.network, moment, None), fields), target.file_format)


def administers_several() -> bool:
    """Whether the actor can look at several networks together."""
    return len(the_actor().networks_as(Role.NETWORK_ADMIN)) > 1


def filters_for(network: Network, arguments: Mapping[str, str]) -> FilterForm:
    """The filters that an address' arguments set."""
    return _form(network, arguments, choices_of(network.id, local_day(network, now())))


def _form(network: Network, arguments: Mapping[str, str], choices: Choices) -> FilterForm:
    modules = modules_of(network.id)
    return FilterForm(arguments, modules, choices.countries, choices.cohorts, editions=editions_of)


def _report(form: FilterForm, network: Network, moment: datetime, page: int | None) -> CompletionReport:
    made = report(form.query(network.id), network, form.modules, language=language(), now=moment, page=page)
    return with_columns(made, form.columns)


def _link(network: Network, arguments: dict[str, str]) -> Link:
    def link(endpoint: str = "reports.completion", **changes: str | None) -> str:
        values: dict[str, Any] = {name: value for name, value in {**arguments, **changes}.items() if value}
        return url_for(endpoint, network_id=network.public_id, **values)

    return link
