"""The completion report by country, field of work, cohort, language and month."""

from datetime import datetime
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.queries import local_day
from lms.clock import now
from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.forms import GroupForm
from lms.reports.group_sheet import group_sheet, has_people
from lms.reports.group_wording import (
    DIMENSIONS,
    TITLES,
    how_it_adds_up,
    rows_in_words,
    share_in_words,
    what_groups_hide,
)
from lms.reports.heat import Heat
from lms.reports.queries.choices import choices_of
from lms.reports.queries.groups import GroupReport, group_report
from lms.reports.queries.modules import editions_of, modules_of
from lms.reports.ranges import months_until
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint, download
from lms.reports.views.completion import STEPS, Link, administers_several
from lms.reports.wording import filters_in_words
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/by/<dimension>")
@require(Permission.SEE_REPORTS, targets.groups)
def groups(target: targets.NetworkGroups) -> ResponseReturnValue:
    """Groups by modules."""
    moment = read_for_report()
    form = _filters(target)
    dimension = target.dimension
    page: dict[str, Any] = {"network": target.network, "form": form, "dimension": dimension, "dimensions": DIMENSIONS}
    page |= {"title": TITLES[dimension], "ranges": (), "networks": (), "several_networks": administers_several()}
    if not form.validate():
        return render_template("reports/groups.html", report=None, **page), 422
    made = _report(target, form, moment)
    numbers = request.args.get("show") == "numbers"
    return render_template(
        "reports/groups.html",
        report=made,
        rows=rows_in_words(made),
        numbers=numbers,
        heat=Heat(numbers=numbers),
        steps=STEPS,
        formats=list(FORMATS),
        filters=filters_in_words(made.query, made.all_modules, made.chosen),
        link=_link(target, {**form.arguments(), **({"show": "numbers"} if numbers else {})}),
        has_people=has_people(dimension),
        share_in_words=share_in_words(dimension),
        how_it_adds_up=how_it_adds_up(dimension),
        what_is_hidden=what_groups_hide(made) if dimension.is_cut else "",
        **page,
    )


@blueprint.get("/networks/<network_id>/reports/by/<dimension>/<file_format>")
@require(Permission.SEE_REPORTS, targets.groups_file)
def groups_file(target: targets.NetworkGroups) -> ResponseReturnValue:
    """The same numbers as a file."""
    moment = read_for_report()
    form = _filters(target)
    if not form.validate():
        abort(404)
    return download(group_sheet(_report(target, form, moment)), target.file_format)


def _filters(target: targets.NetworkGroups) -> GroupForm:
    network = target.network
    choices = choices_of(network.id, local_day(network, now()))
    modules = modules_of(network.id)
    found = (modules, choices.countries, choices.cohorts)
    return GroupForm(target.dimension, request.args, *found, editions=editions_of)


def _report(target: targets.NetworkGroups, form: GroupForm, moment: datetime) -> GroupReport:
    network = target.network
    months = months_until(local_day(network, now()))
    query = form.query(network.id)
    return group_report(target.dimension, query, network, form.modules, form.cohorts, months, now=moment)


def _link(target: targets.NetworkGroups, arguments: dict[str, str]) -> Link:
    def link(endpoint: str = "reports.groups", **changes: str | None) -> str:
        values: dict[str, Any] = {name: value for name, value in {**arguments, **changes}.items() if value}
        return url_for(endpoint, network_id=target.network.public_id, dimension=target.dimension, **values)

    return link
