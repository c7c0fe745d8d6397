"""What addresses of self-assessment point at."""

from dataclasses import dataclass, replace

from lms.certification.assessments.instruments import Area, Questions
from lms.certification.assessments.models import Review, Round
from lms.certification.assessments.queries import review_by_public_id, round_by_public_id
from lms.clock import today
from lms.organizations.models import Network, Organization
from lms.organizations.queries import membership_of, network_by_public_id, organization_by_public_id
from lms.security.actor import Scope


def organization_target(organization_id: str) -> Organization | None:
    """An organization."""
    return organization_by_public_id(organization_id)


def network_target(network_id: str) -> Network | None:
    """A network."""
    return network_by_public_id(network_id)


@dataclass(frozen=True)
class Part:
    """An area of a round."""

    round: Round
    questions: Questions
    area: Area

    @property
    def number(self) -> int:
        """Its place, counted from 1."""
        return self.questions.areas.index(self.area) + 1

    @property
    def next(self) -> Area | None:
        """The area after it."""
        return next(iter(self.questions.areas[self.number :]), None)

    @property
    def previous(self) -> Area | None:
        """The area before it."""
        return self.questions.areas[self.number - 2] if self.number > 1 else None

    def scope(self) -> Scope:
        """The round's."""
        return self.round.scope()


def part(round_id: str, area: str) -> Part | None:
    """An area of a round, by its id in the instrument."""
    found = round_by_public_id(round_id)
    questions = Questions(found.version.content) if found else None
    chosen = questions.area(area) if questions else None
    return Part(found, questions, chosen) if found and questions and chosen else None


@dataclass(frozen=True)
class RecordedPart(Part):
    """The same, to be written by the managers, or by who was named for it and still belongs to the organization."""

    def scope(self) -> Scope:
        return recording_scope(self.round)


def recorded_part(round_id: str, area: str) -> RecordedPart | None:
    """An area of a round, for who enters what is agreed."""
    found = part(round_id, area)
    return RecordedPart(found.round, found.questions, found.area) if found else None


def recording_scope(found: Round) -> Scope:
    """The organization's, and the recorder's own while she is its member."""
    if found.recorder_id is None:
        return found.scope()
    membership = membership_of(found.organization_id, found.recorder_id, today())
    here = membership is not None and membership.confirmed_at is not None
    return replace(found.scope(), person_id=found.recorder_id if here else None)


@dataclass(frozen=True)
class Judged:
    """A round before a network, for the network."""

    review: Review

    def scope(self) -> Scope:
        """The network's alone."""
        return Scope(network_ids=frozenset({self.review.network_id}))


def judged(review_id: str) -> Judged | None:
    """A review of an organization that is in the network today."""
    found = review_by_public_id(review_id, today())
    return Judged(found) if found else None
