"""An organization's evidence: the list, a new piece, its page, changing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certification.evidence.evidence_types import evidence_type, evidence_types
from lms.certification.evidence.forms import BeginForm, PieceForm, SummaryForm, piece_form
from lms.certification.evidence.models import Evidence, Submission, SubmissionState
from lms.certification.evidence.queries import (
    candidates,
    evidence_by_public_id,
    evidence_of,
    parties_of,
    parts_of,
    submissions_of,
)
from lms.certification.evidence.services import begin_evidence, discard_evidence, save_evidence, say_in_public
from lms.certification.evidence.views.blueprint import blueprint
from lms.clock import now, today
from lms.db import write_unit
from lms.errors import DomainError, NotAllowed
from lms.forms import texts_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.organizations.models import Organization
from lms.organizations.queries import networks_of, organization_by_public_id
from lms.paging import asked_page, asked_search
from lms.security import Permission, require
from lms.security.guards import the_actor


@blueprint.get("/organizations/<public_id>/evidence")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_evidence(organization: Organization) -> str:
    """What the organization has entered, and what others ask it to confirm."""
    return render_template(
        "evidence/list.html",
        organization=organization,
        page=evidence_of(organization.id, asked_page()),
        parts=parts_of(organization.id),
    )


@blueprint.get("/organizations/<public_id>/evidence/new")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_begin(organization: Organization) -> str:
    """The kinds of evidence to choose from."""
    return _begin_page(organization, BeginForm())


@blueprint.post("/organizations/<public_id>/evidence/new")
@require(Permission.MANAGE_ORGANIZATION, target=organization_by_public_id)
def organization_begin_now(organization: Organization) -> ResponseReturnValue:
    """Begin a draft, and go on to its fields."""
    form = BeginForm()
    if not form.validate():
        return _begin_page(organization, form), 422
    with write_unit():
        kind, title = form.type.data, form.title.data or ""
        made = begin_evidence(organization, kind, title, actor_id=the_actor().person_id, now=now())
    return redirect(url_for(".piece_edit", evidence_id=made.public_id), 303)


def _begin_page(organization: Organization, form: BeginForm) -> str:
    return render_template("evidence/new.html", organization=organization, form=form, types=evidence_types())


@blueprint.get("/evidence/<evidence_id>/")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece(evidence: Evidence) -> str:
    """Everything of a piece: what is told, files, parties, and how far it is in each network."""
    return piece_page(evidence)


def piece_page(evidence: Evidence, error: DomainError | None = None) -> str:
    """The page of a piece, with what was refused."""
    submissions = submissions_of(evidence)
    latest: dict[int, Submission] = {}
    for each in submissions:
        latest.setdefault(each.network_id, each)
    type_, networks = evidence_type(evidence.type), networks_of(evidence.organization, today())
    return render_template(
        "evidence/piece.html",
        evidence=evidence,
        type=type_,
        missing=type_.missing(evidence.fields),
        networks=networks,
        settled=bool(networks) and all(_takes_no_other(latest.get(network.id)) for network in networks),
        latest=latest,
        submissions=submissions,
        parties=parties_of(evidence, language()),
        candidates=candidates(evidence.organization_id, today(), language(), asked_search()),
        search=asked_search(),
        error=error,
    )


def _takes_no_other(last: Submission | None) -> bool:
    """Whether a network has a copy that waits for its review, or has rejected it: another one is not taken now."""
    return last is not None and last.state in (SubmissionState.SUBMITTED, SubmissionState.REJECTED)


@blueprint.get("/evidence/<evidence_id>/edit")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_edit(evidence: Evidence) -> str:
    """The form for what is told."""
    return _edit_page(evidence, piece_form(evidence_type(evidence.type), evidence))


@blueprint.post("/evidence/<evidence_id>/edit")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_save(evidence: Evidence) -> ResponseReturnValue:
    """Save it, whole or not; what cannot be so is shown at its field."""
    form = piece_form(evidence_type(evidence.type), evidence)
    if not form.validate():
        return _edit_page(evidence, form), 422
    try:
        with write_unit():
            save_evidence(evidence, form.title.data or "", form.values(), seen=form.seen_revision, now=now())
    except DomainError as error:
        form.refuse(error)
        return _edit_page(evidence, form), 409 if isinstance(error, NotAllowed) else 422
    flash(_("Saved."))
    return redirect(url_for(".piece", evidence_id=evidence.public_id), 303)


def _edit_page(evidence: Evidence, form: PieceForm) -> str:
    return render_template("evidence/edit.html", evidence=evidence, type=evidence_type(evidence.type), form=form)


@blueprint.get("/evidence/<evidence_id>/summary")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_summary(evidence: Evidence) -> str:
    """What everybody may read of it."""
    return render_template("evidence/summary.html", evidence=evidence, form=SummaryForm(evidence=evidence))


@blueprint.post("/evidence/<evidence_id>/summary")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_summary_save(evidence: Evidence) -> ResponseReturnValue:
    """Store it, with or without the agreement to show it."""
    form = SummaryForm(evidence=evidence)
    if form.validate():
        try:
            with write_unit():
                say_in_public(evidence, texts_of(form, "text"), agreed=form.agreed.data)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for(".piece", evidence_id=evidence.public_id), 303)
    return render_template("evidence/summary.html", evidence=evidence, form=form), 422


@blueprint.get("/evidence/<evidence_id>/discard")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_discard(evidence: Evidence) -> str:
    """Ask whether the draft shall go."""
    return render_template("evidence/discard.html", evidence=evidence)


@blueprint.post("/evidence/<evidence_id>/discard")
@require(Permission.MANAGE_ORGANIZATION, target=evidence_by_public_id)
def piece_discard_now(evidence: Evidence) -> ResponseReturnValue:
    """Throw it away."""
    organization = evidence.organization.public_id
    try:
        with write_unit():
            discard_evidence(evidence, now())
    except NotAllowed as error:
        flash(error.message, "bad")
        return redirect(url_for(".piece", evidence_id=evidence.public_id), 303)
    flash(_("The draft is gone."))
    return redirect(url_for(".organization_evidence", public_id=organization), 303)
