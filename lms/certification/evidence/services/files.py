"""Files of a piece of evidence."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from lms.certification.evidence.models import Evidence, EvidenceFile, Submission
from lms.certification.evidence.services.pieces import changed, locked
from lms.db import db
from lms.errors import DomainError
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.media.handing_in import Incoming
from lms.storage.sweeping import forget_soon

MOST_FILES = 10


def add_files(evidence: Evidence, files: Sequence[Incoming], *, now: datetime) -> None:
    """Add files that lie in the storage; one that is there already changes nothing. Raises DomainError."""
    evidence = locked(evidence.id)
    there = _there(evidence)
    known = {(file.digest, file.name) for file in there}
    fresh = [file for file in dict.fromkeys(files) if (file.digest, file.name) not in known]
    if len(there) + len(fresh) > MOST_FILES:
        raise DomainError(_("At most %(most)s files can stand here.", most=reader().number(MOST_FILES)), "files")
    for file in fresh:
        row = EvidenceFile(
            evidence_id=evidence.id,
            digest=file.digest,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            created_at=now,
        )
        db.session.add(row)
    if fresh:
        changed(evidence, now)


def take_file_out(evidence: Evidence, file_id: str, *, now: datetime) -> None:
    """Take a file out; its bytes go an hour later, unless it was handed in. Raises DomainError where it is gone."""
    evidence = locked(evidence.id)
    file = next((each for each in _there(evidence) if each.public_id == file_id), None)
    if file is None:
        raise DomainError(_("This file is not there any more."), "files")
    if _was_handed_in(evidence, file):
        file.removed_at = now
    else:
        db.session.delete(file)
        forget_soon(file.digest, now)
    changed(evidence, now)


def _there(evidence: Evidence) -> list[EvidenceFile]:
    query = select(EvidenceFile).where(EvidenceFile.evidence_id == evidence.id, EvidenceFile.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(EvidenceFile.id)))


def _was_handed_in(evidence: Evidence, file: EvidenceFile) -> bool:
    kept = db.session.scalars(select(Submission.files).where(Submission.evidence_id == evidence.id))
    return any(each["id"] == file.public_id for files in kept for each in files)


def copy_of_files(evidence: Evidence) -> list[dict[str, object]]:
    """The files as a submission keeps them."""
    return [
        {"id": file.public_id, "key": file.digest, "name": file.name, "type": file.media_type, "size": file.size}
        for file in _there(evidence)
    ]
