"""The organizations that a piece of evidence concerns beside its owner."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from lms.certification.evidence.models import Evidence, EvidenceParty, PartyAnswer, Submission
from lms.db import db
from lms.organizations.models import NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.search import matching, sort_column

MOST_OFFERED = 50
"""Organizations that are offered at once; more are found by name."""
_mine, _theirs = aliased(NetworkMembership), aliased(NetworkMembership)


@dataclass(frozen=True)
class Partner:
    """A party, and what it last said of the present revision: None as long as it has not."""

    party: EvidenceParty
    confirmed: bool | None
    #: It confirmed some revision: then it stays a party.
    ever: bool


def parties_of(evidence: Evidence, language: str) -> list[Partner]:
    """The parties of a piece, in the order of their names."""
    query = (
        select(EvidenceParty)
        .join(EvidenceParty.organization)
        .where(EvidenceParty.evidence_id == evidence.id)
        .options(joinedload(EvidenceParty.organization), selectinload(EvidenceParty.answers))
        .order_by(sort_column(Organization, language), Organization.id)
    )
    return [partner_of(party, evidence.revision) for party in db.session.scalars(query)]


def partner_of(party: EvidenceParty, revision: int) -> Partner:
    """A party with its answer to a revision."""
    said = [answer.confirmed for answer in party.answers if answer.revision == revision]
    return Partner(party, said[-1] if said else None, any(answer.confirmed for answer in party.answers))


def party_by_public_id(party_id: str) -> EvidenceParty | None:
    """A party by the id in an address."""
    query = select(EvidenceParty).where(EvidenceParty.public_id == party_id)
    return db.session.scalars(query.options(joinedload(EvidenceParty.evidence))).one_or_none()


def parts_of(organization_id: int) -> list[Partner]:
    """What others say is this organization's practice too, with its answers to present revisions; newest first."""
    query = (
        select(EvidenceParty)
        .where(EvidenceParty.organization_id == organization_id)
        .options(
            joinedload(EvidenceParty.evidence).joinedload(Evidence.organization), selectinload(EvidenceParty.answers)
        )
        .order_by(EvidenceParty.id.desc())
    )
    return [partner_of(party, party.evidence.revision) for party in db.session.scalars(query)]


def last_answer() -> ScalarSelect[int]:
    """SQL over EvidenceParty and Submission: the party's last answer to the revision that was handed in."""
    return (
        select(func.max(PartyAnswer.id))
        .where(PartyAnswer.party_id == EvidenceParty.id, PartyAnswer.revision == Submission.revision)
        .correlate(EvidenceParty, Submission)
        .scalar_subquery()
    )


def confirmed_party(organization_id: int) -> ColumnElement[bool]:
    """SQL over Submission: the organization is a party whose last answer to that revision is a confirmation."""
    return (
        select(PartyAnswer.id)
        .join(EvidenceParty, EvidenceParty.id == PartyAnswer.party_id)
        .where(EvidenceParty.evidence_id == Submission.evidence_id, EvidenceParty.organization_id == organization_id)
        .where(PartyAnswer.id == last_answer(), PartyAnswer.confirmed)
        .correlate(Submission)
        .exists()
    )


def candidates(organization_id: int, day: date, language: str, search: str = "") -> list[Organization]:
    """The first organizations, by name, that share a network with this one on a day and whose names are looked for."""
    query = (
        select(Organization)
        .where(Organization.id.in_(_sharing(organization_id, day)))
        .order_by(sort_column(Organization, language), Organization.id)
        .limit(MOST_OFFERED)
    )
    return list(db.session.scalars(matching(query, Organization.folded, search)))


def share_a_network(one: int, other: int, day: date) -> bool:
    """Whether two organizations are in a network together on a day."""
    return bool(db.session.scalar(select(_sharing(one, day).where(_theirs.organization_id == other).exists())))


def _sharing(organization_id: int, day: date) -> Select[int]:
    together = and_(_mine.network_id == _theirs.network_id, _mine.organization_id == organization_id)
    return (
        select(_theirs.organization_id)
        .join(_mine, together)
        .where(in_force(_mine, day), in_force(_theirs, day), _theirs.organization_id != organization_id)
    )
