"""An organization's rounds, and the page of one: what is to be done in it, or what came of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.assessments import queries, services
from lms.certification.assessments.instruments import Questions
from lms.certification.assessments.models import Round, RoundState
from lms.certification.assessments.views.blueprint import blueprint
from lms.certification.assessments.views.doing import done, to_round
from lms.certification.assessments.views.recorders import recorder_form
from lms.certification.assessments.views.results import result_page
from lms.certification.assessments.views.targets import organization_target, recording_scope
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.organizations.models import Organization
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.security.policy import allows


@blueprint.get("/organizations/<organization_id>/self-assessments")
@require(Permission.TAKE_PART, target=organization_target)
def rounds(organization: Organization) -> str:
    """What is under way, what was, and what can begin."""
    found = queries.rounds_of(organization.id)
    manages = allows(the_actor(), Permission.MANAGE_ORGANIZATION, organization.scope())
    return render_template(
        "assessments/rounds.html",
        organization=organization,
        rounds=found,
        instruments=queries.open_instruments() if manages else (),
        under_way={each.instrument_id for each in found if each.state in (RoundState.SCORING, RoundState.AGREEING)},
        manages=manages,
    )


@blueprint.post("/organizations/<organization_id>/self-assessments")
@require(Permission.MANAGE_ORGANIZATION, target=organization_target)
def start(organization: Organization) -> ResponseReturnValue:
    """Begin a round."""
    instrument = queries.instrument_by_public_id(request.form.get("instrument", "")) or abort(400)
    try:
        with write_unit():
            started = services.start_round(organization, instrument, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        flash(error.message, "bad")
        return redirect(url_for(".rounds", organization_id=organization.public_id), 303)
    flash(_("The self-assessment has begun. Your people are told when they next come here."))
    return to_round(started)


@blueprint.get("/self-assessments/<round_id>/")
@require(Permission.TAKE_PART, target=queries.round_by_public_id)
def round_page(found: Round) -> str:
    """Where the round is."""
    if found.state == RoundState.CLOSED:
        return result_page(found)
    questions, actor = Questions(found.version.content), the_actor()
    own = queries.own_scores(found.id, actor.person_id)
    manages = allows(actor, Permission.MANAGE_ORGANIZATION, found.scope())
    return render_template(
        "assessments/round.html",
        round=found,
        questions=questions,
        organization=found.organization,
        own=own,
        scored={area.key: sum(item.key in own for item in area.items) for area in questions.areas},
        next=next((area for area in questions.areas if any(item.key not in own for item in area.items)), None),
        result=queries.result_of(found),
        participation=queries.participation_of(found.id, len(questions.items)),
        recorder_form=recorder_form(found) if manages else None,
        manages=manages,
        records=allows(actor, Permission.AGREE_ON_SCORES, recording_scope(found)),
    )


@blueprint.get("/self-assessments/<round_id>/end-scoring")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def ask_end_scoring(found: Round) -> str:
    """Ask whether everybody has scored who wants to."""
    items = len(Questions(found.version.content).items)
    participation = queries.participation_of(found.id, items)
    return render_template("assessments/end_scoring.html", round=found, participation=participation)


@blueprint.post("/self-assessments/<round_id>/end-scoring")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def end_scoring(found: Round) -> ResponseReturnValue:
    """Take no more scores."""
    actor_id = the_actor().person_id
    deed = lambda: services.end_scoring(found, actor_id=actor_id, now=now())  # noqa: E731
    return done(found, deed, _("Scoring has ended. Now the team agrees on a level for each item."))


@blueprint.get("/self-assessments/<round_id>/cancel")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def ask_cancel(found: Round) -> str:
    """Ask whether the round shall end without a result."""
    return render_template("assessments/cancel.html", round=found)


@blueprint.post("/self-assessments/<round_id>/cancel")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def cancel(found: Round) -> ResponseReturnValue:
    """End it without a result."""
    actor_id = the_actor().person_id
    return done(
        found,
        lambda: services.cancel_round(found, actor_id=actor_id, now=now()),
        _("The self-assessment is cancelled."),
    )


@blueprint.post("/self-assessments/<round_id>/close")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def close(found: Round) -> ResponseReturnValue:
    """End it with its result."""
    actor_id = the_actor().person_id
    return done(
        found,
        lambda: services.close_round(found, actor_id=actor_id, now=now()),
        _("The self-assessment is closed. This is what came of it."),
    )
