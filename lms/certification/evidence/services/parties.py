"""Other organizations whose practice a piece of evidence is, too."""

from datetime import datetime

from sqlalchemy import delete, select

from lms.certification.evidence.events import PartyAnswered, PartyAsked
from lms.certification.evidence.models import Evidence, EvidenceParty, PartyAnswer
from lms.certification.evidence.queries.parties import share_a_network
from lms.certification.evidence.services.pieces import locked
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.organizations.models import Organization

MOST_PARTIES = 30


def name_party(evidence: Evidence, organization: Organization, *, actor_id: int, now: datetime) -> EvidenceParty:
    """Ask an organization that shares a network with the owner whether this is its practice too. Raises DomainError."""
    evidence = locked(evidence.id)
    if not share_a_network(evidence.organization_id, organization.id, now.date()):
        raise DomainError(_("Choose an organization of a network that you share."), "organization")
    there = select(EvidenceParty).where(EvidenceParty.evidence_id == evidence.id)
    known = list(db.session.scalars(there))
    same = next((party for party in known if party.organization_id == organization.id), None)
    if same is not None:
        return same
    if len(known) >= MOST_PARTIES:
        most = reader().number(MOST_PARTIES)
        raise DomainError(_("At most %(most)s organizations can be named.", most=most), "organization")
    party = EvidenceParty(evidence_id=evidence.id, organization_id=organization.id, named_at=now, named_by_id=actor_id)
    db.session.add(party)
    db.session.flush()
    emit(PartyAsked(now, actor_id, party.id, evidence.id, organization.id))
    return party


def take_party_out(party: EvidenceParty) -> None:
    """Name it no more. Raises NotAllowed where it has confirmed a part: that is its own."""
    locked(party.evidence_id)
    answers = select(PartyAnswer).where(PartyAnswer.party_id == party.id)
    if any(answer.confirmed for answer in db.session.scalars(answers)):
        raise NotAllowed(_("This organization has confirmed its part. It stays a party."))
    db.session.execute(delete(PartyAnswer).where(PartyAnswer.party_id == party.id))
    db.session.delete(party)
    db.session.flush()


def answer_party(
    party: EvidenceParty, *, seen: int, confirmed: bool, actor_id: int, now: datetime
) -> PartyAnswer | None:
    """Confirm or decline the revision that was `seen`; saying the same again changes nothing.

    Raises NotAllowed where the evidence says something else by now.
    """
    evidence = locked(party.evidence_id)
    if evidence.revision != seen:
        raise NotAllowed(_("The evidence was changed meanwhile. Look at it once more, then answer."))
    query = select(PartyAnswer).where(PartyAnswer.party_id == party.id, PartyAnswer.revision == seen)
    last = db.session.scalars(query.order_by(PartyAnswer.id.desc()).limit(1)).one_or_none()
    if last is not None and last.confirmed == confirmed:
        return None
    answer = PartyAnswer(
        party_id=party.id, revision=seen, confirmed=confirmed, answered_at=now, answered_by_id=actor_id
    )
    db.session.add(answer)
    db.session.flush()
    emit(PartyAnswered(now, actor_id, party.id, evidence.id, party.organization_id, seen, confirmed))
    return answer
