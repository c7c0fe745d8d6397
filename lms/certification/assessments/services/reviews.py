"""Handing a closed round in to a network, and the network's answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.certification.assessments.events import AssessmentConfirmed, AssessmentHandedIn, AssessmentReturned
from lms.certification.assessments.instruments import LEVELS
from lms.certification.assessments.models import Review, ReviewedScore, ReviewState, Round, RoundState
from lms.certification.assessments.queries import agreements_of, is_involved, reviews_of
from lms.certification.assessments.services.rounds import hold
from lms.certification.services.steps import lock_organization
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.organizations.queries import networks_of


@dataclass(frozen=True)
class Verdict:
    """The level that a reviewer gives an item, and why where it is not the organization's."""

    level: int
    reason: str = ""


def hand_in(found: Round, network: Network, note: str, *, actor_id: int, now: datetime) -> Review:
    """Lay a closed round before a network of the organization.

    Raises NotAllowed where it is not closed, lies there already, or the network is not the organization's;
    DomainError (field: note) where it comes back without a word on what was commented.
    """
    hold(found)
    found.require(RoundState.CLOSED)
    note = note.strip()
    if network.id not in {each.id for each in networks_of(found.organization, now.date())}:
        raise NotAllowed(_("The organization is not a member of this network."))
    before = [each.state for each in reviews_of(found.id) if each.network_id == network.id]
    if {ReviewState.SUBMITTED, ReviewState.CONFIRMED} & set(before):
        raise NotAllowed(_("This self-assessment lies before the network already."))
    if ReviewState.RETURNED in before and not note:
        raise DomainError(_("Answer the comments with which it was returned."), "note")
    review = Review(round_id=found.id, network_id=network.id, note=note, submitted_at=now, submitted_by_id=actor_id)
    db.session.add(review)
    db.session.flush()
    emit(AssessmentHandedIn(now, actor_id, found.organization_id, network.id, found.id, review.id))
    return review


def confirm(review: Review, verdicts: Mapping[str, Verdict], comment: str, *, actor_id: int, now: datetime) -> None:
    """Confirm every item as it is, or corrected with a reason: both levels are kept.

    Raises NotAllowed where it was decided or the reviewer is of the organization, DomainError (field: the item)
    where an item has no level, or another one without a reason.
    """
    _take(review, actor_id)
    rows = agreements_of(review.round_id)
    for row in rows:
        said = verdicts.get(row.item)
        if said is None or said.level not in LEVELS:
            raise DomainError(_("Choose a level."), row.item)
        if said.level != row.level and not said.reason.strip():
            raise DomainError(_("Say why the level is another one."), row.item)
    for row in rows:
        said = verdicts[row.item]
        about = {"review_id": review.id, "item": row.item, "area": row.area}
        db.session.add(ReviewedScore(**about, own=row.level, level=said.level, reason=said.reason.strip()))
    review.total = sum(verdicts[row.item].level for row in rows)
    review.decide(ReviewState.CONFIRMED, comment, now, actor_id)
    db.session.flush()
    emit(AssessmentConfirmed(now, actor_id, *_ids(review)))


def send_back(review: Review, comment: str, *, actor_id: int, now: datetime) -> None:
    """Return it with comments. Raises NotAllowed as `confirm` does, DomainError (field: comment) where none is said."""
    _take(review, actor_id)
    comment = comment.strip()
    if not comment:
        raise DomainError(_("Say what the organization should look at again."), "comment")
    review.decide(ReviewState.RETURNED, comment, now, actor_id)
    db.session.flush()
    emit(AssessmentReturned(now, actor_id, *_ids(review)))


def _take(review: Review, actor_id: int) -> None:
    # The organization first, as whoever ends its membership does.
    lock_organization(review.round.organization_id)
    db.session.get(Review, review.id, with_for_update=True, populate_existing=True)
    if review.state != ReviewState.SUBMITTED:
        raise NotAllowed(_("This was decided already."))
    if is_involved(actor_id, review.round.organization_id, review.round.started_at.date()):
        raise NotAllowed(_("You belong to this organization: somebody else has to decide."))


def _ids(review: Review) -> tuple[int, int, int, int]:
    return review.round.organization_id, review.network_id, review.round_id, review.id


def withdraw_reviews(organization_id: int, network_id: int, now: datetime) -> None:
    """The organization left the network: what waits there is not decided any more."""
    waiting = (
        select(Review)
        .join(Review.round)
        .where(Round.organization_id == organization_id, Review.network_id == network_id)
        .where(Review.state == ReviewState.SUBMITTED)
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    )
    for review in db.session.scalars(waiting):
        review.decide(ReviewState.WITHDRAWN, "", now, None)
    db.session.flush()
