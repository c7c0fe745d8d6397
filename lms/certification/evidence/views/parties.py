"""Other organizations of a piece of evidence: named by its owner, answering for themselves."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.evidence.evidence_types import evidence_type
from lms.certification.evidence.models import Evidence, EvidenceParty
from lms.certification.evidence.queries import evidence_by_public_id, parties_of, party_by_public_id
from lms.certification.evidence.queries.parties import partner_of
from lms.certification.evidence.services import answer_party, name_party, take_party_out
from lms.certification.evidence.views.blueprint import blueprint
from lms.certification.evidence.views.pieces import piece_page
from lms.clock import now
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.queries import organization_by_public_id
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.post("/evidence/<evidence_id>/parties")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def change_parties(evidence: Evidence) -> ResponseReturnValue:
    """Name an organization, or name one no more."""
    try:
        _change(evidence)
    except DomainError as error:
        error.field = "parties"
        return piece_page(evidence, error), 422
    return redirect(url_for(".piece", evidence_id=evidence.public_id, _anchor="parties"), 303)


def _change(evidence: Evidence) -> None:
    removed = request.form.get("remove")
    if removed:
        known = {each.party.public_id: each.party for each in parties_of(evidence, language())}
        if removed in known:
            with write_unit():
                take_party_out(known[removed])
        return
    organization = organization_by_public_id(request.form.get("organization", ""))
    if organization is None:
        raise DomainError(_("Choose an organization of a network that you share."))
    with write_unit():
        name_party(evidence, organization, actor_id=the_actor().person_id, now=now())
    flash(_("Who manages the organization is asked to confirm its part."))


@blueprint.get("/evidence-parts/<party_id>/")
@require(Permission.MANAGE_ORGANIZATION, target=party_by_public_id)
def part(party: EvidenceParty) -> str:
    """What another organization says is this one's practice, too."""
    return _page(party)


def _page(party: EvidenceParty, error: str = "") -> str:
    evidence = party.evidence
    return render_template(
        "evidence/part.html",
        party=party,
        evidence=evidence,
        type=evidence_type(evidence.type),
        answer=partner_of(party, evidence.revision).confirmed,
        error=error,
    )


@blueprint.post("/evidence-parts/<party_id>/")
@require(Permission.MANAGE_ORGANIZATION, target=party_by_public_id)
def part_answer(party: EvidenceParty) -> ResponseReturnValue:
    """Confirm it, or decline."""
    typed, confirmed = request.form.get("seen", ""), request.form.get("answer") == "confirm"
    seen = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        with write_unit():
            answer_party(party, seen=seen, confirmed=confirmed, actor_id=the_actor().person_id, now=now())
    except NotAllowed as error:
        return _page(party, error.message), 409
    flash(_("Your part is confirmed.") if confirmed else _("You have declined. The owner sees that."))
    return redirect(url_for(".organization_evidence", public_id=party.organization.public_id), 303)
