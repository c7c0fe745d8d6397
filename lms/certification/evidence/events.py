"""What happens to evidence: ids and short words, no names and no texts."""

from dataclasses import dataclass
from typing import ClassVar

from lms.events import Event


@dataclass(frozen=True)
class EvidenceHandedIn(Event):
    """An organization handed a piece of evidence in to a network."""

    name: ClassVar[str] = "evidence_handed_in"

    submission_id: int
    evidence_id: int
    organization_id: int
    network_id: int


@dataclass(frozen=True)
class EvidenceWithdrawn(Event):
    """What waited for a review was taken back."""

    name: ClassVar[str] = "evidence_withdrawn"

    submission_id: int
    evidence_id: int
    organization_id: int
    network_id: int


@dataclass(frozen=True)
class EvidenceReviewed(Event):
    """A reviewer gave a verdict: accept, return or reject. It may not be the last one."""

    name: ClassVar[str] = "evidence_reviewed"

    submission_id: int
    evidence_id: int
    organization_id: int
    network_id: int
    review_id: int
    stage: str
    verdict: str


@dataclass(frozen=True)
class EvidenceDecided(Event):
    """A network accepted, returned or rejected what was handed in: `state` says which."""

    name: ClassVar[str] = "evidence_decided"

    submission_id: int
    evidence_id: int
    organization_id: int
    network_id: int
    state: str


@dataclass(frozen=True)
class PartyAsked(Event):
    """An organization (`organization_id`) was asked whether a piece of another one's evidence is its practice too."""

    name: ClassVar[str] = "evidence_party_asked"

    party_id: int
    evidence_id: int
    organization_id: int


@dataclass(frozen=True)
class PartyAnswered(Event):
    """It confirmed its part of that revision, or declined."""

    name: ClassVar[str] = "evidence_party_answered"

    party_id: int
    evidence_id: int
    organization_id: int
    revision: int
    confirmed: bool


@dataclass(frozen=True)
class ReviewSettingChanged(Event):
    """A network said how many people review a piece of evidence."""

    name: ClassVar[str] = "evidence_review_setting_changed"

    network_id: int
    reviewers: int
