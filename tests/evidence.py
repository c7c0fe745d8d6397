"""Makers of evidence: whole pieces, handed in, reviewed."""

from typing import Any

from lms.accounts.models import Person
from lms.certification.evidence.evidence_types import evidence_type
from lms.certification.evidence.models import Evidence, Review, Submission, Verdict
from lms.certification.evidence.services import begin_evidence, give_review, hand_in, save_evidence
from lms.certification.evidence.services.reviewing import Said
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network, Organization
from lms.organizations.queries import actor_of
from lms.security.actor import Role
from tests.factories import grant, make_member, make_person

MEETING = {
    "subject": "Drinking water",
    "held_on": "2026-05-04",
    "participants": 12,
    "decisions": "We apply together. Mehr writes the plan by June.",
}
AGREEMENT = {
    "kind": "memorandum",
    "parties": "Mehr\nThe health centre",
    "subject": "Vaccinating in the villages",
    "signed_on": "2026-03-01",
    "starts_on": "2026-03-01",
    "ends_on": "2028-02-29",
}


def make_manager(organization: Organization, **values: Any) -> Person:
    """Somebody who manages the organization."""
    return grant(make_member(organization, make_person(**values)), Role.MANAGER, organization=organization)


def make_reviewer(network: Network, role: Role = Role.REVIEWER) -> Person:
    """Somebody who reviews for the network, and belongs nowhere."""
    return grant(make_person(), role, network=network)


def make_evidence(
    organization: Organization, manager: Person, type_: str = "meeting_record", fields: dict[str, Any] | None = None
) -> Evidence:
    """A whole piece that nobody has seen."""
    told = MEETING if fields is None else fields
    with write_unit():
        made = begin_evidence(organization, type_, "Meeting on water", actor_id=manager.id, now=now())
        return save_evidence(made, made.title, told, seen=made.revision, now=now())


def submit(evidence: Evidence, network: Network, manager: Person) -> Submission:
    """Hand it in as it is."""
    db.session.rollback()
    with write_unit():
        evidence = db.session.get_one(Evidence, evidence.id)
        return hand_in(evidence, network, seen=evidence.revision, actor_id=manager.id, now=now())


def whole_scores(type_: str, score: int = 2) -> dict[str, int]:
    """That score for each criterion."""
    return {each.key: score for each in evidence_type(type_).criteria}


def review(
    submission: Submission,
    reviewer: Person,
    verdict: Verdict = Verdict.ACCEPT,
    *,
    stage: str = "",
    comment: str = "Why.",
) -> Review:
    """A verdict, at the submission's stage unless another one is given."""
    db.session.rollback()
    with write_unit():
        submission = db.session.get_one(Submission, submission.id)
        said = Said(verdict, whole_scores(submission.type), comment)
        at = stage or str(submission.stage)
        return give_review(submission, said, stage=at, actor=actor_of(reviewer.id), now=now())


def stored(submission: Submission) -> Submission:
    """The submission as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Submission, submission.id)
