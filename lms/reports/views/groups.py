"""The completion report by country, field of work, cohort, language and month."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.replica import read_for_report
from lms.reports import targets
from lms.reports.group_sheet import has_people
from lms.reports.group_wording import (
    DIMENSIONS,
    TITLES,
    how_it_adds_up,
    rows_in_words,
    share_in_words,
    what_groups_hide,
)
from lms.reports.heat import heat
from lms.reports.offered import offered_as
from lms.reports.offered.groups import group_filters, groups_asked_for
from lms.reports.sheets import FORMATS
from lms.reports.views.blueprint import blueprint
from lms.reports.views.completion import STEPS, Link, administers_several
from lms.reports.wording import filters_in_words
from lms.security import Permission, require


@blueprint.get("/networks/<network_id>/reports/by/<dimension>")
@require(Permission.SEE_REPORTS, targets.groups)
def groups(target: targets.NetworkGroups) -> ResponseReturnValue:
    """Groups by modules."""
    moment = read_for_report()
    dimension = target.dimension
    form = group_filters(dimension, target.network, request.args, moment)
    page: dict[str, Any] = {"network": target.network, "form": form, "dimension": dimension, "dimensions": DIMENSIONS}
    page |= {"title": TITLES[dimension], "ranges": (), "networks": (), "several_networks": administers_several()}
    if not form.validate():
        return render_template("reports/groups.html", report=None, **page), 422
    made = groups_asked_for(dimension, form, target.network, moment)
    numbers = request.args.get("show") == "numbers"
    return render_template(
        "reports/groups.html",
        report=made,
        rows=rows_in_words(made),
        numbers=numbers,
        heat=heat(numbers=numbers),
        steps=STEPS,
        formats=list(FORMATS),
        filters=filters_in_words(made.query, made.all_modules, made.chosen),
        link=_link(target, {**form.arguments(), **({"show": "numbers"} if numbers else {})}),
        offered=offered_as(dimension),
        taken=form.arguments(),
        has_people=has_people(dimension),
        share_in_words=share_in_words(dimension),
        how_it_adds_up=how_it_adds_up(dimension),
        what_is_hidden=what_groups_hide(made) if dimension.is_cut else "",
        **page,
    )


def _link(target: targets.NetworkGroups, arguments: dict[str, str]) -> Link:
    def link(endpoint: str = "reports.groups", **changes: str | None) -> str:
        values: dict[str, Any] = {name: value for name, value in {**arguments, **changes}.items() if value}
        return url_for(endpoint, network_id=target.network.public_id, dimension=target.dimension, **values)

    return link
