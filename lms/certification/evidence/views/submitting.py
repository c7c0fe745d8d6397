"""Handing in, reading what was handed in, taking it back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.evidence.evidence_types import evidence_type
from lms.certification.evidence.models import Evidence, Submission
from lms.certification.evidence.queries import evidence_by_public_id, submission_by_public_id
from lms.certification.evidence.services import hand_in, withdraw
from lms.certification.evidence.views.blueprint import blueprint
from lms.certification.evidence.views.pieces import piece_page
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.organizations.queries import networks_of
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.post("/evidence/<evidence_id>/hand-in")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_hand_in(evidence: Evidence) -> ResponseReturnValue:
    """Hand it in to a network."""
    wanted, typed = request.form.get("network", ""), request.form.get("seen", "")
    network = next((each for each in networks_of(evidence.organization) if each.public_id == wanted), None)
    if network is None:
        abort(404)
    seen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        with write_unit():
            hand_in(evidence, network, seen=seen, actor_id=the_actor().person_id, now=now())
    except DomainError as error:
        error.field = "networks"
        return piece_page(evidence, error), 409 if isinstance(error, NotAllowed) else 422
    flash(_("It is handed in. You are told when it was reviewed."))
    return redirect(url_for(".piece", evidence_id=evidence.public_id), 303)


@blueprint.get("/submissions/<submission_id>/")
@require(Permission.MANAGE_ORGANIZATION, target=submission_by_public_id)
def piece_handed_in(submission: Submission) -> str:
    """What was handed in, as it was, with what was said of it."""
    return render_template("evidence/handed_in.html", submission=submission, type=evidence_type(submission.type))


@blueprint.post("/submissions/<submission_id>/withdraw")
@require(Permission.MANAGE_ORGANIZATION, target=submission_by_public_id)
def piece_withdraw(submission: Submission) -> ResponseReturnValue:
    """Take back what waits for a review."""
    try:
        with write_unit():
            withdraw(submission, actor_id=the_actor().person_id, now=now())
    except NotAllowed as error:
        flash(error.message, "bad")
    else:
        flash(_("It is taken back. You can change it and hand it in again."))
    return redirect(url_for(".piece", evidence_id=submission.evidence.public_id), 303)
