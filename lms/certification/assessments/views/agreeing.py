"""The team's page of an area: how the scores are spread, what is agreed, and why."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.assessments import queries, services
from lms.certification.assessments.figures import shown_spread
from lms.certification.assessments.forms import ItemsForm, Said
from lms.certification.assessments.models import Agreement, RoundState
from lms.certification.assessments.views.blueprint import blueprint
from lms.certification.assessments.views.doing import to_round
from lms.certification.assessments.views.targets import Part, part, recorded_part, recording_scope
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.security.policy import allows


@blueprint.get("/self-assessments/<round_id>/agreement/<area>")
@require(Permission.TAKE_PART, target=part)
def agreement(target: Part) -> ResponseReturnValue:
    """What the team has before it."""
    if target.round.state != RoundState.AGREEING:
        return to_round(target.round)
    rows = _rows(target)
    form = ItemsForm({key: Said(row.level, row.justification) for key, row in rows.items()})
    return _page(target, form, rows)


@blueprint.post("/self-assessments/<round_id>/agreement/<area>")
@require(Permission.AGREE_ON_SCORES, target=recorded_part)
def save_agreement(target: Part) -> ResponseReturnValue:
    """Enter what it agreed on."""
    form = ItemsForm.sent(request.form, target.area.items)
    try:
        with write_unit():
            services.agree(target.round, form.agreed(), actor_id=the_actor().person_id, now=now())
    except NotAllowed as error:
        flash(error.message, "bad")
        return to_round(target.round)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return _page(target, form, _rows(target)), 422
    if request.form.get("action") == "next" and target.next is not None:
        return redirect(url_for(".agreement", round_id=target.round.public_id, area=target.next.key), 303)
    flash(_("Saved."))
    return to_round(target.round)


def _rows(target: Part) -> dict[str, Agreement]:
    return {row.item: row for row in queries.agreements_of(target.round.id) if row.area == target.area.key}


def _page(target: Part, form: ItemsForm, rows: dict[str, Agreement]) -> str:
    return render_template(
        "assessments/agreement.html",
        target=target,
        round=target.round,
        form=form,
        spreads={key: shown_spread(row.spread) for key, row in rows.items()},
        records=allows(the_actor(), Permission.AGREE_ON_SCORES, recording_scope(target.round)),
    )
