"""What was accepted, and for whom it counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select, union_all

from lms.certification.evidence.models import Evidence, EvidenceParty, PartyAnswer, Submission, SubmissionState
from lms.certification.evidence.queries.parties import confirmed_party, last_answer
from lms.db import Texts, db


@dataclass(frozen=True)
class Counted:
    """A submission as a rule looks at it, for one of the organizations that it concerns."""

    organization_id: int
    id: int
    evidence_id: int
    state: SubmissionState
    counts_from: date | None


def counted_submissions(
    organization_ids: Collection[int], network_id: int, type_: str, until: datetime
) -> dict[int, list[Counted]]:
    """Organization id to what was handed in to a network before an instant, of a type: its own, and what it is a
    party to that confirmed its part of what was handed in.

    One statement, however many; the first one first. What was withdrawn is left out.
    """
    own = _rows(Submission.organization_id, network_id, type_, until).where(
        Submission.organization_id.in_(organization_ids)
    )
    shared = (
        _rows(EvidenceParty.organization_id, network_id, type_, until)
        .join(EvidenceParty, EvidenceParty.evidence_id == Submission.evidence_id)
        .join(PartyAnswer, PartyAnswer.id == last_answer())
        .where(EvidenceParty.organization_id.in_(organization_ids), PartyAnswer.confirmed)
    )
    rows = union_all(own, shared).subquery()
    found: dict[int, list[Counted]] = {id_: [] for id_ in organization_ids}
    for organization_id, id_, evidence_id, state, counts_from in db.session.execute(select(rows).order_by(rows.c.id)):
        each = Counted(organization_id, id_, evidence_id, SubmissionState(state), counts_from)
        found[organization_id].append(each)
    return found


def _rows(organization_id: Any, network_id: int, type_: str, until: datetime) -> Select[Any]:
    return select(
        organization_id.label("organization_id"),
        Submission.id.label("id"),
        Submission.evidence_id,
        Submission.state,
        Submission.counts_from,
    ).where(
        Submission.network_id == network_id,
        Submission.type == type_,
        Submission.state != SubmissionState.WITHDRAWN,
        Submission.submitted_at < until,
    )


def public_summaries(organization_id: int, network_id: int) -> Sequence[Texts]:
    """What an organization agreed to show of the evidence that a network accepted: texts only, the newest first.

    Of shared evidence the owner's text stands for the parties, too.
    """
    accepted = (
        select(Submission.evidence_id)
        .where(Submission.network_id == network_id, Submission.state == SubmissionState.ACCEPTED)
        .where(or_(Submission.organization_id == organization_id, confirmed_party(organization_id)))
    )
    query = select(Evidence.public_summary).where(Evidence.id.in_(accepted), Evidence.public_agreed)
    return [texts for texts in db.session.scalars(query.order_by(Evidence.id.desc())) if texts]
