"""What follows from what happens to evidence: standings move, and managers are told."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from lms.accounts.services import notify
from lms.certification.evidence.events import (
    EvidenceDecided,
    EvidenceHandedIn,
    EvidenceWithdrawn,
    PartyAnswered,
    PartyAsked,
)
from lms.certification.evidence.models import EvidenceParty, PartyAnswer, Submission, SubmissionState
from lms.certification.evidence.notices import DECIDED, PARTY
from lms.certification.evidence.services import withdraw
from lms.certification.queries import seats_of_organization
from lms.certification.services import follow
from lms.db import db
from lms.organizations.events import OrganizationLeft
from lms.organizations.queries import managers_of


def on_handed_in(sender: Any, event: EvidenceHandedIn) -> None:
    """Parties that have not answered this revision are asked, some of them anew."""
    on_moved(sender, event)
    submission = db.session.get_one(Submission, event.submission_id)
    answered = select(PartyAnswer.party_id).where(PartyAnswer.revision == submission.revision)
    asked = select(EvidenceParty).where(EvidenceParty.evidence_id == event.evidence_id)
    for party in list(db.session.scalars(asked.where(EvidenceParty.id.not_in(answered)))):
        _ask(party.id, party.organization_id, event.at)


def _ask(party_id: int, organization_id: int, at: datetime) -> None:
    for person in managers_of(organization_id, at.date()):
        notify(person.id, PARTY, party_id, at)


def on_moved(_sender: Any, event: EvidenceHandedIn | EvidenceWithdrawn) -> None:
    """What is in review, or is not any more, shows on the boards of all whom it may concern."""
    _follow(event.evidence_id, event.organization_id, event.network_id, event.at)


def on_decided(_sender: Any, event: EvidenceDecided) -> None:
    """It may have been the last thing that an organization needed; who manages the owner is told."""
    _follow(event.evidence_id, event.organization_id, event.network_id, event.at)
    kind = DECIDED[SubmissionState(event.state)]
    for person in managers_of(event.organization_id, event.at.date()):
        notify(person.id, kind, event.submission_id, event.at)


def on_party_asked(_sender: Any, event: PartyAsked) -> None:
    """Who manages the party is told."""
    _ask(event.party_id, event.organization_id, event.at)


def on_party_answered(_sender: Any, event: PartyAnswered) -> None:
    """What was accepted may count for the party from now on."""
    networks = set(db.session.scalars(select(Submission.network_id).where(Submission.evidence_id == event.evidence_id)))
    for seat in seats_of_organization(event.organization_id, event.at.date()):
        if seat[1] in networks:
            follow(*seat, event.at)


def on_organization_left(_sender: Any, event: OrganizationLeft) -> None:
    """What waits there is taken back: the network sees nothing of the organization any more."""
    query = select(Submission).where(
        Submission.organization_id == event.organization_id,
        Submission.network_id == event.network_id,
        Submission.state == SubmissionState.SUBMITTED,
    )
    # What somebody is deciding just now is decided first, and does not wait any more.
    for submission in list(db.session.scalars(query.with_for_update(of=Submission))):
        withdraw(submission, actor_id=event.actor_id, now=event.at)


def _follow(evidence_id: int, owner_id: int, network_id: int, at: datetime) -> None:
    parties = select(EvidenceParty.organization_id).where(EvidenceParty.evidence_id == evidence_id)
    for organization_id in sorted({owner_id, *db.session.scalars(parties)}):
        if (organization_id, network_id) in seats_of_organization(organization_id, at.date()):
            follow(organization_id, network_id, at)


def listen() -> None:
    """Connect; connecting again changes nothing."""
    EvidenceHandedIn.signal.connect(on_handed_in)
    EvidenceWithdrawn.signal.connect(on_moved)
    EvidenceDecided.signal.connect(on_decided)
    PartyAsked.signal.connect(on_party_asked)
    PartyAnswered.signal.connect(on_party_answered)
    OrganizationLeft.signal.connect(on_organization_left)
