"""Pieces of evidence, and what was handed in of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from lms.certification.evidence.models import Evidence, EvidenceFile, Submission
from lms.db import db
from lms.paging import Page, page_of


def evidence_by_public_id(evidence_id: str) -> Evidence | None:
    """A piece by the id in an address."""
    query = select(Evidence).where(Evidence.public_id == evidence_id).options(joinedload(Evidence.organization))
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True)
class Listed:
    """A piece in its organization's list, with the newest submission to each network."""

    evidence: Evidence
    files: int
    latest: tuple[Submission, ...]


def evidence_of(organization_id: int, page: int) -> Page[Listed]:
    """An organization's evidence, the last changed first: three statements, however many."""
    files = (
        select(func.count())
        .where(EvidenceFile.evidence_id == Evidence.id, EvidenceFile.removed_at.is_(None))
        .scalar_subquery()
    )
    query: Select[Any] = (
        select(Evidence, files)
        .where(Evidence.organization_id == organization_id)
        .order_by(Evidence.changed_at.desc(), Evidence.id.desc())
    )
    found = page_of(query, page)
    rows: list[Any] = list(found.items)
    latest = _latest([row[0].id for row in rows])
    listed = [Listed(row[0], row[1], tuple(latest[row[0].id])) for row in rows]
    return Page(listed, found.number, found.total, found.size)


def _latest(evidence_ids: Collection[int]) -> dict[int, list[Submission]]:
    newest = (
        select(func.max(Submission.id))
        .where(Submission.evidence_id.in_(evidence_ids))
        .group_by(Submission.evidence_id, Submission.network_id)
    )
    query = select(Submission).where(Submission.id.in_(newest)).options(joinedload(Submission.network))
    found: dict[int, list[Submission]] = defaultdict(list)
    for each in db.session.scalars(query.order_by(Submission.id)):
        found[each.evidence_id].append(each)
    return found


def submissions_of(evidence: Evidence, network_ids: Collection[int] | None = None) -> list[Submission]:
    """Everything that was handed in of a piece (to these networks), the newest first, with its reviews."""
    query = (
        select(Submission)
        .where(Submission.evidence_id == evidence.id)
        .options(joinedload(Submission.network), selectinload(Submission.reviews))
        .order_by(Submission.id.desc())
    )
    if network_ids is not None:
        query = query.where(Submission.network_id.in_(network_ids))
    return list(db.session.scalars(query))
