"""Files, each in a place from where somebody may get it."""

from collections.abc import Iterable

from sqlalchemy import select

from lms.certification.evidence.models import Attached, EvidenceFile
from lms.certification.evidence.queries.parties import party_by_public_id
from lms.certification.evidence.queries.pieces import evidence_by_public_id
from lms.certification.evidence.queries.reviewing import submission_by_public_id
from lms.db import db
from lms.security.actor import Scope
from lms.storage import needs_files


def file_of_evidence(evidence_id: str, file_id: str) -> Attached | None:
    """A file of a piece, for its owner."""
    evidence = evidence_by_public_id(evidence_id)
    return _attached(evidence.id, file_id, evidence.scope()) if evidence else None


def file_of_party(party_id: str, file_id: str) -> Attached | None:
    """A file of a piece, for a party that is asked about it or has confirmed it."""
    party = party_by_public_id(party_id)
    return _attached(party.evidence_id, file_id, party.scope()) if party else None


def file_of_submission(submission_id: str, file_id: str) -> Attached | None:
    """A file of what was handed in, for its owner and the network's reviewers."""
    submission = submission_by_public_id(submission_id)
    if submission is None:
        return None
    found = next((file for file in submission.files if file["id"] == file_id), None)
    return Attached(submission.scope(), found["key"], found["type"], found["name"]) if found else None


def _attached(evidence_id: int, file_id: str, scope: Scope) -> Attached | None:
    query = select(EvidenceFile).where(
        EvidenceFile.evidence_id == evidence_id, EvidenceFile.public_id == file_id, EvidenceFile.removed_at.is_(None)
    )
    file = db.session.scalars(query).one_or_none()
    return Attached(scope, file.digest, file.media_type, file.name) if file else None


@needs_files("evidence")
def evidence_keys() -> Iterable[str]:
    """The files of all evidence, those that only submissions hold too."""
    return db.session.scalars(select(EvidenceFile.digest))
