"""What self-assessment tells: ids only."""

from dataclasses import dataclass

from lms.events import Event


@dataclass(frozen=True)
class RoundStarted(Event):
    """An organization began to assess itself: its people can score."""

    name = "assessment_started"

    organization_id: int
    round_id: int


@dataclass(frozen=True)
class ScoringEnded(Event):
    """Nobody scores any more; the team agrees."""

    name = "assessment_scoring_ended"

    organization_id: int
    round_id: int


@dataclass(frozen=True)
class RoundClosed(Event):
    """The team agreed on every item."""

    name = "assessment_closed"

    organization_id: int
    round_id: int


@dataclass(frozen=True)
class RoundCancelled(Event):
    """A round ended without a result."""

    name = "assessment_cancelled"

    organization_id: int
    round_id: int


@dataclass(frozen=True)
class AssessmentHandedIn(Event):
    """An organization laid a closed round before a network."""

    name = "assessment_handed_in"

    organization_id: int
    network_id: int
    round_id: int
    review_id: int


@dataclass(frozen=True)
class AssessmentConfirmed(Event):
    """A network confirmed it, corrected or not."""

    name = "assessment_confirmed"

    organization_id: int
    network_id: int
    round_id: int
    review_id: int


@dataclass(frozen=True)
class AssessmentReturned(Event):
    """A network gave it back with comments."""

    name = "assessment_returned"

    organization_id: int
    network_id: int
    round_id: int
    review_id: int
