"""The page of a closed round: chart, table, comparison, plan, networks."""

from flask import render_template
from markupsafe import Markup

from lms.certification.assessments import queries
from lms.certification.assessments.figures import shown_spread
from lms.certification.assessments.models import HIGHEST, ReviewState, Round
from lms.certification.assessments.queries import Result
from lms.charts import Series, radar
from lms.clock import today
from lms.db import text_of
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Network
from lms.organizations.queries import networks_of
from lms.security import Permission
from lms.security.guards import the_actor
from lms.security.policy import allows

_STANDS = (ReviewState.SUBMITTED, ReviewState.CONFIRMED)


def result_page(found: Round) -> str:
    """What the team found, beside what it had found before."""
    result, before = queries.result_of(found), queries.earlier_round(found)
    earlier = queries.result_of(before) if before else None
    reviews = queries.reviews_of(found.id)
    manages = allows(the_actor(), Permission.MANAGE_ORGANIZATION, found.scope())
    keys = {key for area in result.questions.areas for key in area.modules}
    return render_template(
        "assessments/result.html",
        round=found,
        result=result,
        earlier=earlier,
        chart=chart_of(result, earlier),
        spreads={key: shown_spread(row.spread) for key, row in result.agreements.items()},
        modules=queries.module_links(found.version.instrument.plugin, keys),
        actions=queries.actions_of(found.id),
        reviews=reviews,
        open_networks=_open_networks(found, {each.network_id for each in reviews if each.state in _STANDS}),
        manages=manages,
        highest=HIGHEST,
    )


def _open_networks(found: Round, taken: set[int]) -> list[Network]:
    return [network for network in networks_of(found.organization, today()) if network.id not in taken]


def chart_of(result: Result, earlier: Result | None) -> Markup:
    """A polygon of the areas' means, and that of the earlier round where there is one."""
    areas = result.questions.areas
    series = [Series(_("This round"), [result.mean(area) for area in areas])]
    if earlier is not None:
        series.append(Series(_("Earlier round"), [earlier.mean(area) for area in areas]))
    labels = [text_of(area.labels, language()) for area in areas]
    told = reader().join(
        _("%(area)s: %(mean)s", area=label, mean=reader().number(mean, 1))
        for label, mean in zip(labels, series[0].values, strict=True)
        if mean is not None
    )
    title = _("Means of the areas, from 1 to %(most)s", most=reader().number(HIGHEST))
    return radar(labels, series, HIGHEST, key="radar", title=title, text=told)
