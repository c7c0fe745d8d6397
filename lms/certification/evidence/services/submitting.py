"""Handing in, and taking back what waits."""

from datetime import datetime

from sqlalchemy import select

from lms.certification.evidence.events import EvidenceHandedIn, EvidenceWithdrawn
from lms.certification.evidence.evidence_types import begun_somewhere, evidence_type
from lms.certification.evidence.models import Evidence, EvidenceParty, Submission, SubmissionState
from lms.certification.evidence.queries.reviewing import reviewers_needed
from lms.certification.evidence.services.files import copy_of_files
from lms.certification.evidence.services.pieces import locked
from lms.certification.services.steps import lock_organization
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.organizations.models import Network
from lms.organizations.queries import networks_of


def hand_in(evidence: Evidence, network: Network, *, seen: int, actor_id: int, now: datetime) -> Submission:
    """Give a network a copy to review. Raises NotAllowed, and DomainError (field) where something is missing."""
    evidence = locked(evidence.id)
    if network.id not in {each.id for each in networks_of(evidence.organization, now.date())}:
        raise NotAllowed(_("Your organization does not belong to this network."))
    if evidence.revision != seen:
        raise NotAllowed(_("Somebody else has changed this evidence meanwhile. Look at it once more, then hand it in."))
    _refuse_again(evidence, network)
    _refuse_incomplete(evidence, now)
    submission = Submission(
        evidence_id=evidence.id,
        organization_id=evidence.organization_id,
        network_id=network.id,
        revision=evidence.revision,
        type=evidence.type,
        title=evidence.title,
        fields=dict(evidence.fields),
        files=copy_of_files(evidence),
        reviewers=reviewers_needed(network.id),
        submitted_at=now,
        submitted_by_id=actor_id,
    )
    db.session.add(submission)
    db.session.flush()
    ids = (submission.id, evidence.id, evidence.organization_id, network.id)
    emit(EvidenceHandedIn(now, actor_id, *ids))
    return submission


def _refuse_again(evidence: Evidence, network: Network) -> None:
    query = select(Submission).where(Submission.evidence_id == evidence.id, Submission.network_id == network.id)
    last = db.session.scalars(query.order_by(Submission.id.desc()).limit(1)).one_or_none()
    if last is None:
        return
    if last.state == SubmissionState.SUBMITTED:
        raise NotAllowed(_("This evidence waits for a review in this network already."))
    if last.state == SubmissionState.REJECTED:
        raise NotAllowed(_("This network has rejected the evidence. It takes other evidence, not this once more."))
    if last.state == SubmissionState.ACCEPTED and last.revision == evidence.revision:
        raise NotAllowed(_("This network has accepted the evidence as it is."))


def _refuse_incomplete(evidence: Evidence, now: datetime) -> None:
    type_ = evidence_type(evidence.type)
    if not type_.fields:
        raise NotAllowed(type_.summary({}))
    missing = type_.missing(evidence.fields)
    if missing:
        names = reader().join(str(each.label) for each in missing)
        raise DomainError(_("Still missing: %(fields)s", fields=names), missing[0].name)
    for fault in type_.faults(evidence.fields, begun_somewhere(now)):
        raise DomainError(fault.message, fault.field)


def withdraw(submission: Submission, *, actor_id: int | None, now: datetime) -> None:
    """Take back what waits. Raises NotAllowed where it waits no more."""
    submission = locked_submission(submission.id)
    submission.close(SubmissionState.WITHDRAWN, now)
    ids = (submission.id, submission.evidence_id, submission.organization_id, submission.network_id)
    emit(EvidenceWithdrawn(now, actor_id, *ids))


def locked_submission(submission_id: int) -> Submission:
    """A submission that nobody else decides until the commit.

    The organizations that it counts for are locked before it, in the order of their ids, as whoever follows them does.
    """
    owner = select(Submission.organization_id).where(Submission.id == submission_id)
    parties = select(EvidenceParty.organization_id).join(
        Submission, Submission.evidence_id == EvidenceParty.evidence_id
    )
    ids = {*db.session.scalars(owner), *db.session.scalars(parties.where(Submission.id == submission_id))}
    for organization_id in sorted(ids):
        lock_organization(organization_id)
    query = select(Submission).where(Submission.id == submission_id).with_for_update(of=Submission)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
