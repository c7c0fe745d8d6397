"""What self-assessment does when something happens, and what certification does when it has."""

from datetime import datetime
from typing import Any

from lms.certification.assessments.events import (
    AssessmentConfirmed,
    AssessmentHandedIn,
    AssessmentReturned,
    RoundClosed,
    RoundStarted,
)
from lms.certification.assessments.notices import tell_managers, tell_staff
from lms.certification.assessments.services import withdraw_reviews
from lms.certification.queries import seats_of_organization
from lms.certification.services import follow
from lms.organizations.events import OrganizationLeft


def on_round_started(_sender: Any, event: RoundStarted) -> None:
    """Everybody may score."""
    tell_staff(event.round_id, event.organization_id, event.actor_id, event.at)


def on_round_closed(_sender: Any, event: RoundClosed) -> None:
    """Every network of the organization may ask for it."""
    for seat in seats_of_organization(event.organization_id, event.at.date()):
        follow(*seat, event.at)


def on_handed_in(_sender: Any, event: AssessmentHandedIn) -> None:
    """It is in review now."""
    _follow(event.organization_id, event.network_id, event.at)


def on_decided(_sender: Any, event: AssessmentConfirmed | AssessmentReturned) -> None:
    """The managers are told, and the network's rules count it."""
    confirmed = isinstance(event, AssessmentConfirmed)
    tell_managers(event.review_id, event.organization_id, event.at, confirmed=confirmed)
    _follow(event.organization_id, event.network_id, event.at)


def _follow(organization_id: int, network_id: int, at: datetime) -> None:
    if (organization_id, network_id) in seats_of_organization(organization_id, at.date()):
        follow(organization_id, network_id, at)


def on_organization_left(_sender: Any, event: OrganizationLeft) -> None:
    """The network decides nothing of it any more."""
    withdraw_reviews(event.organization_id, event.network_id, event.at)


def listen() -> None:
    """Connect; connecting again changes nothing."""
    RoundStarted.signal.connect(on_round_started)
    RoundClosed.signal.connect(on_round_closed)
    AssessmentHandedIn.signal.connect(on_handed_in)
    AssessmentConfirmed.signal.connect(on_decided)
    AssessmentReturned.signal.connect(on_decided)
    OrganizationLeft.signal.connect(on_organization_left)
