"""What evidence tells on a timeline: handed in, decided, confirmed by a party."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lms.certification.evidence.models import ENDS, Evidence, EvidenceParty, PartyAnswer, Submission
from lms.certification.evidence.queries.parties import confirmed_party
from lms.certification.evidence.queries.reviewing import inside
from lms.certification.timeline import TimelineSource, register_timeline_source
from lms.clock import today
from lms.db import db
from lms.organizations.models import NetworkMembership
from lms.organizations.queries import in_force


@dataclass(frozen=True)
class ToldAnswer:
    """That a party confirmed, and the title of what it confirmed."""

    answer: PartyAnswer
    party: EvidenceParty
    title: str


def _concerns(organization_id: int) -> ColumnElement[bool]:
    """Its own; and what others of the network handed in, where it has confirmed its part."""
    shared = and_(confirmed_party(organization_id), inside(today()))
    return or_(Submission.organization_id == organization_id, shared)


def _handed_in(organization_id: int, network_id: int) -> Select[Any, Any]:
    query = select(Submission.submitted_at, Submission.id)
    return query.where(Submission.network_id == network_id, _concerns(organization_id))


def _decided(organization_id: int, network_id: int) -> Select[Any, Any]:
    query = select(Submission.closed_at, Submission.id).where(Submission.state.in_(ENDS.values()))
    return query.where(Submission.network_id == network_id, _concerns(organization_id))


def _load(ids: Sequence[int]) -> Mapping[int, Submission]:
    if not ids:
        return {}
    query = select(Submission).where(Submission.id.in_(ids))
    whole = query.options(joinedload(Submission.organization), selectinload(Submission.reviews))
    return {each.id: each for each in db.session.scalars(whole)}


def _confirmed(organization_id: int, network_id: int) -> Select[Any, Any]:
    """Of what was handed in to the network as confirmed; a party that is not of the network is not told of."""
    handed_in = exists().where(
        Submission.evidence_id == EvidenceParty.evidence_id,
        Submission.revision == PartyAnswer.revision,
        Submission.network_id == network_id,
        inside(today()),
    )
    member = exists().where(
        NetworkMembership.organization_id == EvidenceParty.organization_id,
        NetworkMembership.network_id == network_id,
        in_force(NetworkMembership, today()),
    )
    return (
        select(PartyAnswer.answered_at, PartyAnswer.id)
        .join(EvidenceParty, EvidenceParty.id == PartyAnswer.party_id)
        .join(Evidence, Evidence.id == EvidenceParty.evidence_id)
        .where(PartyAnswer.confirmed, handed_in, member)
        .where(or_(Evidence.organization_id == organization_id, EvidenceParty.organization_id == organization_id))
    )


def _load_answers(ids: Sequence[int]) -> Mapping[int, ToldAnswer]:
    if not ids:
        return {}
    # Of a revision there is one title, whichever network it was handed in to.
    same = and_(Submission.evidence_id == EvidenceParty.evidence_id, Submission.revision == PartyAnswer.revision)
    query = (
        select(PartyAnswer, EvidenceParty, Submission.title)
        .join(EvidenceParty, EvidenceParty.id == PartyAnswer.party_id)
        .join(Submission, same)
        .where(PartyAnswer.id.in_(ids))
        .options(joinedload(EvidenceParty.organization))
    )
    return {answer.id: ToldAnswer(answer, party, title) for answer, party, title in db.session.execute(query)}


def _reviewer(submission: Submission) -> Iterable[int]:
    """Who had the last word."""
    return [review.reviewer_id for review in submission.reviews[-1:]]


def register_histories() -> None:
    """Add all three."""
    submission, party = (f"evidence/timeline_{name}.html" for name in ("submission", "party"))
    register_timeline_source(
        TimelineSource("evidence", _handed_in, _load, submission, people=lambda about: [about.submitted_by_id])
    )
    register_timeline_source(TimelineSource("evidence_decided", _decided, _load, submission, people=_reviewer))
    register_timeline_source(
        TimelineSource(
            "evidence_party", _confirmed, _load_answers, party, people=lambda about: [about.answer.answered_by_id]
        )
    )
