"""The types of evidence: five of our own, and those that plugins bring."""

from lms.certification.evidence.evidence_types.base import (
    Criterion,
    EvidenceField,
    EvidenceType,
    Fault,
    Kind,
    Scale,
    Values,
    begun_somewhere,
    day_in,
)
from lms.certification.evidence.evidence_types.contribution import PartnerContribution
from lms.certification.evidence.evidence_types.document import Document
from lms.certification.evidence.evidence_types.joint_activity import JointActivity
from lms.certification.evidence.evidence_types.meeting import MeetingRecord
from lms.certification.evidence.evidence_types.signed_agreement import SignedAgreement
from lms.certification.evidence.evidence_types.unknown import Unknown

__all__ = [
    "Criterion",
    "EvidenceField",
    "EvidenceType",
    "Fault",
    "Kind",
    "Scale",
    "Values",
    "begun_somewhere",
    "day_in",
    "evidence_type",
    "evidence_types",
    "register_evidence_type",
]

_types: dict[str, EvidenceType] = {}
_UNKNOWN = Unknown()


def register_evidence_type(new: EvidenceType) -> None:
    """Make a type known. Raises ValueError where another type has its key, or where it cannot be filled or judged."""
    if not new.fields or not 1 <= len(new.criteria) <= 8:
        raise ValueError(f"the evidence type {new.key!r} needs fields, and one to eight criteria")
    known = _types.setdefault(new.key, new)
    if type(known) is not type(new):
        raise ValueError(f"two evidence types are called {new.key!r}")


def evidence_type(key: str) -> EvidenceType:
    """The type with a key; where no enabled plugin brings it any more, one that shows nothing and takes nothing."""
    return _types.get(key, _UNKNOWN)


def evidence_types() -> list[EvidenceType]:
    """Every type, in the order of registration."""
    return list(_types.values())


for _own in (SignedAgreement(), JointActivity(), PartnerContribution(), MeetingRecord(), Document()):
    register_evidence_type(_own)
