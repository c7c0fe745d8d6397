"""Handing a round in, a network's queue, and its answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.assessments import queries, services
from lms.certification.assessments.forms import AnswerForm, ItemsForm, ReasonForm, Said
from lms.certification.assessments.models import ReviewState, Round
from lms.certification.assessments.views.blueprint import blueprint
from lms.certification.assessments.views.doing import to_round
from lms.certification.assessments.views.results import chart_of
from lms.certification.assessments.views.targets import Judged, judged, network_target
from lms.clock import now, today
from lms.db import text_of, write_unit
from lms.errors import DomainError, NotAllowed
from lms.forms import choices_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Network
from lms.organizations.queries import all_networks, networks_of
from lms.paging import asked_page
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.security.predicates import reviewing_networks


def _hand_in_form(found: Round) -> tuple[ReasonForm, dict[str, Network]]:
    networks = {each.public_id: each for each in networks_of(found.organization, today())}
    form = ReasonForm(network=request.args.get("network", ""))
    form.network.choices = choices_of((key, text_of(each.names, language())) for key, each in networks.items())
    return form, networks


def _hand_in_page(found: Round, form: ReasonForm) -> str:
    returned = [each for each in queries.reviews_of(found.id) if each.state == ReviewState.RETURNED]
    return render_template("assessments/hand_in.html", round=found, form=form, returned=returned)


@blueprint.get("/self-assessments/<round_id>/hand-in")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def hand_in(found: Round) -> str:
    """Which network shall confirm it, and what it is told."""
    return _hand_in_page(found, _hand_in_form(found)[0])


@blueprint.post("/self-assessments/<round_id>/hand-in")
@require(Permission.MANAGE_ORGANIZATION, target=queries.round_by_public_id)
def hand_in_now(found: Round) -> ResponseReturnValue:
    """Lay it before the network."""
    form, networks = _hand_in_form(found)
    if form.validate():
        chosen = networks[form.network.data]
        try:
            with write_unit():
                services.hand_in(found, chosen, form.note.data or "", actor_id=the_actor().person_id, now=now())
            flash(_("It lies before the network now. You are told here when it answers."))
            return to_round(found)
        except DomainError as error:
            form.refuse(error)
    return _hand_in_page(found, form), 422


@blueprint.get("/self-assessment-reviews")
@require(Permission.REVIEW)
def reviewing() -> ResponseReturnValue:
    """The networks for which the reader confirms; the queue where there is one."""
    ids = reviewing_networks(the_actor())
    networks = [row[0] for row in all_networks(language(), ids)]
    if len(networks) == 1:
        return redirect(url_for(".queue", network_id=networks[0].public_id), 303)
    counts = queries.waiting_counts(ids, today())
    return render_template("assessments/reviewing.html", networks=networks, counts=counts)


@blueprint.get("/networks/<network_id>/self-assessments")
@require(Permission.REVIEW_EVIDENCE, target=network_target)
def queue(network: Network) -> str:
    """What waits for the network, and what it has answered."""
    decided = request.args.get("show") == "decided"
    page = queries.queue_of(network.id, today(), decided=decided, page=asked_page())
    return render_template("assessments/queue.html", network=network, page=page, decided=decided)


@blueprint.get("/self-assessments/reviews/<review_id>")
@require(Permission.REVIEW_EVIDENCE, target=judged)
def review(target: Judged) -> str:
    """What the organization agreed on and why, item by item."""
    agreed = queries.agreements_of(target.review.round_id)
    said = {row.item: Said(row.level) for row in agreed}
    said |= {each.item: Said(each.level, each.reason) for each in target.review.scores}
    return _review_page(target, ItemsForm(said), AnswerForm())


@blueprint.post("/self-assessments/reviews/<review_id>")
@require(Permission.REVIEW_EVIDENCE, target=judged)
def decide(target: Judged) -> ResponseReturnValue:
    """Confirm it, or send it back."""
    found, actor_id = target.review, the_actor().person_id
    result = queries.result_of(found.round)
    form, answer = ItemsForm.sent(request.form, result.questions.items), AnswerForm()
    returns = request.form.get("action") == "return"
    if answer.validate():
        comment = answer.comment.data or ""
        try:
            with write_unit():
                if returns:
                    services.send_back(found, comment, actor_id=actor_id, now=now())
                else:
                    services.confirm(found, form.verdicts(), comment, actor_id=actor_id, now=now())
            flash(_("It is returned with your comment.") if returns else _("The self-assessment is confirmed."))
            return redirect(url_for(".queue", network_id=found.network.public_id), 303)
        except NotAllowed as error:
            flash(error.message, "bad")
            return redirect(url_for(".review", review_id=found.public_id), 303)
        except DomainError as error:
            _refuse(form, answer, error)
    return _review_page(target, form, answer), 422


def _refuse(form: ItemsForm, answer: AnswerForm, error: DomainError) -> None:
    if error.field == "comment":
        answer.refuse(error)
    else:
        form.refuse(error.message, error.field)


def _review_page(target: Judged, form: ItemsForm, answer: AnswerForm) -> str:
    found = target.review
    result = queries.result_of(found.round)
    involved = queries.is_involved(the_actor().person_id, found.round.organization_id, found.round.started_at.date())
    return render_template(
        "assessments/review.html",
        review=found,
        round=found.round,
        result=result,
        chart=chart_of(result, None),
        form=form,
        answer=answer,
        involved=involved,
        decides=found.state == ReviewState.SUBMITTED and not involved,
    )
