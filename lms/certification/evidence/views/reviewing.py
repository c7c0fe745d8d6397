"""What waits for a network's reviewers, and their verdicts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.evidence.evidence_types import evidence_type, evidence_types
from lms.certification.evidence.models import Submission, SubmissionState, Verdict
from lms.certification.evidence.queries import queue_of, review_counts, submission_by_public_id
from lms.certification.evidence.queries.reviewing import review_sheet
from lms.certification.evidence.services import give_review
from lms.certification.evidence.services.reviewing import Said
from lms.certification.evidence.views.blueprint import blueprint
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Network
from lms.organizations.queries import all_networks, network_by_public_id
from lms.paging import asked_page
from lms.security import Permission, require
from lms.security.guards import the_actor
from lms.security.predicates import reviewing_networks
from lms.text import clean_text

SCORE = "score-"


def named_network(network_id: str) -> Network | None:
    """The network of an address."""
    return network_by_public_id(network_id)


@blueprint.get("/evidence-reviews")
@require(Permission.REVIEW)
def reviewing() -> ResponseReturnValue:
    """The networks for which the reader reviews; the queue where there is one."""
    ids = reviewing_networks(the_actor())
    networks = [row[0] for row in all_networks(language(), ids)]
    if len(networks) == 1:
        return redirect(url_for(".review_queue", network_id=networks[0].public_id), 303)
    return render_template("evidence/reviewing.html", networks=networks, counts=review_counts(ids, today()))


@blueprint.get("/networks/<network_id>/evidence")
@require(Permission.REVIEW_EVIDENCE, target=named_network)
def review_queue(network: Network) -> str:
    """What was handed in: what waits, or what was decided."""
    states = {each.value: each for each in SubmissionState}
    state = states.get(request.args.get("state", ""), SubmissionState.SUBMITTED)
    kind = evidence_type(request.args.get("type", "")).key
    page = queue_of(network.id, today(), page=asked_page(), state=state, type_=kind)
    me = the_actor().person_id
    values = {"network": network, "page": page, "state": state, "kind": kind, "me": me}
    return render_template("evidence/queue.html", types=evidence_types(), **values)


@blueprint.get("/submissions/<submission_id>/review")
@require(Permission.REVIEW_EVIDENCE, target=submission_by_public_id)
def review(submission: Submission) -> str:
    """What was handed in, with the criteria."""
    return _page(submission, Said(None, {}))


def _page(submission: Submission, said: Said, error: DomainError | None = None) -> str:
    return render_template(
        "evidence/review.html",
        submission=submission,
        type=evidence_type(submission.type),
        sheet=review_sheet(submission, the_actor(), today(), language()),
        said=said,
        error=error,
        verdicts=list(Verdict),
    )


@blueprint.post("/submissions/<submission_id>/review")
@require(Permission.REVIEW_EVIDENCE, target=submission_by_public_id)
def review_give(submission: Submission) -> ResponseReturnValue:
    """Give a verdict; what was typed is kept where it is refused."""
    said = _said()
    try:
        with write_unit():
            give_review(submission, said, stage=request.form.get("stage", ""), actor=the_actor(), now=now())
    except DomainError as error:
        again = submission_by_public_id(submission.public_id) or submission
        return _page(again, said, error), 409 if isinstance(error, NotAllowed) else 422
    flash(_("Your verdict is saved."))
    return redirect(url_for(".review_queue", network_id=submission.network.public_id), 303)


def _said() -> Said:
    verdicts = {each.value: each for each in Verdict}
    typed = {name.removeprefix(SCORE): value for name, value in request.form.items() if name.startswith(SCORE)}
    scores = {name: int(value) for name, value in typed.items() if value in ("0", "1", "2", "3")}
    verdict = verdicts.get(request.form.get("verdict", ""))
    return Said(verdict, scores, clean_text(request.form.get("comment", "")).strip())
