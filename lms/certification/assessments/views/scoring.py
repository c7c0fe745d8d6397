"""Scoring on one's own, an area a page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.assessments import queries, services
from lms.certification.assessments.forms import levels_from
from lms.certification.assessments.models import RoundState
from lms.certification.assessments.views.blueprint import blueprint
from lms.certification.assessments.views.doing import to_round
from lms.certification.assessments.views.targets import Part, part
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/self-assessments/<round_id>/scores/<area>")
@require(Permission.TAKE_PART, target=part)
def score(target: Part) -> ResponseReturnValue:
    """The items of an area, and what she gave them."""
    if target.round.state != RoundState.SCORING:
        return to_round(target.round)
    own = queries.own_scores(target.round.id, the_actor().person_id)
    return render_template("assessments/score.html", target=target, round=target.round, own=own)


@blueprint.post("/self-assessments/<round_id>/scores/<area>")
@require(Permission.TAKE_PART, target=part)
def save_score(target: Part) -> ResponseReturnValue:
    """Keep what she gave, and go on."""
    found, levels = target.round, levels_from(request.form, target.area)
    try:
        with write_unit():
            services.save_scores(found, levels, person_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
        return to_round(found)
    goes_on = request.form.get("action") == "next" and target.next is not None
    if goes_on and target.next is not None:
        return redirect(url_for(".score", round_id=found.public_id, area=target.next.key), 303)
    flash(_("Your scores are saved."))
    return to_round(found)
