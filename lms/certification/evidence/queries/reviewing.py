"""What a network's reviewers see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select, union
from sqlalchemy.orm import joinedload, selectinload

from lms.certification.evidence.models import (
    EvidenceParty,
    Review,
    ReviewSetting,
    Stage,
    Submission,
    SubmissionState,
)
from lms.certification.evidence.queries.parties import partner_of
from lms.db import db
from lms.i18n import gettext as _
from lms.organizations.models import Grant, Membership, NetworkMembership, Organization
from lms.organizations.queries import in_force
from lms.organizations.queries.search import sort_column
from lms.paging import Page, page_of
from lms.security.actor import Actor, Role


def submission_by_public_id(submission_id: str) -> Submission | None:
    """What was handed in, by the id in an address."""
    query = (
        select(Submission)
        .where(Submission.public_id == submission_id)
        .options(
            joinedload(Submission.organization),
            joinedload(Submission.network),
            selectinload(Submission.reviews).joinedload(Review.reviewer),
        )
    )
    return db.session.scalars(query).one_or_none()


def reviewers_needed(network_id: int) -> int:
    """How many people review a piece of evidence in a network."""
    found = db.session.scalar(select(ReviewSetting.reviewers).where(ReviewSetting.network_id == network_id))
    return found or 1


def inside(day: date) -> ColumnElement[bool]:
    """SQL: the organization of a submission belongs to its network on a day."""
    return (
        select(NetworkMembership.id)
        .where(
            NetworkMembership.network_id == Submission.network_id,
            NetworkMembership.organization_id == Submission.organization_id,
            in_force(NetworkMembership, day),
        )
        .exists()
    )


def queue_of(
    network_id: int, day: date, *, page: int, state: SubmissionState = SubmissionState.SUBMITTED, type_: str = ""
) -> Page[Submission]:
    """What was handed in to a network by its present organizations: the longest waiting, or last closed, first."""
    query: Select[Submission] = (
        select(Submission)
        .where(Submission.network_id == network_id, Submission.state == state, inside(day))
        .options(joinedload(Submission.organization), selectinload(Submission.reviews))
    )
    if type_:
        query = query.where(Submission.type == type_)
    waiting = state == SubmissionState.SUBMITTED
    order = Submission.submitted_at if waiting else Submission.closed_at.desc()
    found = page_of(query.order_by(order, Submission.id), page)
    return Page([submission for (submission,) in found.items], found.number, found.total, found.size)


def review_counts(network_ids: Collection[int], day: date) -> dict[int, int]:
    """Network id to how much waits there."""
    rows = db.session.execute(
        select(Submission.network_id, func.count())
        .where(Submission.network_id.in_(network_ids), Submission.state == SubmissionState.SUBMITTED, inside(day))
        .group_by(Submission.network_id)
    )
    return dict(rows.all())


def conflicts(submission: Submission, person_id: int, day: date) -> bool:
    """Whether a person belongs to, or has a role in, the organization or a party of what was handed in; or sent it."""
    if submission.submitted_by_id == person_id:
        return True
    concerned = union(
        select(EvidenceParty.organization_id).where(EvidenceParty.evidence_id == submission.evidence_id),
        select(Submission.organization_id).where(Submission.id == submission.id),
    ).subquery()
    ids = select(concerned.c.organization_id)
    member = select(Membership.id).where(
        Membership.person_id == person_id, Membership.organization_id.in_(ids), in_force(Membership, day)
    )
    granted = select(Grant.id).where(Grant.person_id == person_id, Grant.organization_id.in_(ids), in_force(Grant, day))
    return bool(db.session.scalar(select(member.exists() | granted.exists())))


def visible_reviews(submission: Submission, person_id: int) -> list[Review]:
    """What a reviewer may read of the others: nothing of the first before she gave the second."""
    hers = [review for review in submission.reviews if review.reviewer_id == person_id]
    blind = submission.stage == Stage.SECOND
    return hers if blind else list(submission.reviews)


@dataclass(frozen=True)
class ReviewSheet:
    """What a reviewer is shown beside the copy."""

    #: Parties that belong to the network, and whether each confirmed this revision.
    parties: list[tuple[Organization, bool]]
    #: What was said of it so far, as far as she may know.
    reviews: list[Review]
    #: Earlier submissions of the same evidence to this network, the newest first.
    earlier: list[Submission]
    #: Why she cannot review it; empty where she can.
    hindrance: str


def review_sheet(submission: Submission, actor: Actor, day: date, language: str) -> ReviewSheet:
    """What is needed to judge a submission."""
    seen = select(NetworkMembership.organization_id).where(
        NetworkMembership.network_id == submission.network_id, in_force(NetworkMembership, day)
    )
    parties = select(EvidenceParty).where(
        EvidenceParty.evidence_id == submission.evidence_id, EvidenceParty.organization_id.in_(seen)
    )
    whole = parties.options(joinedload(EvidenceParty.organization), selectinload(EvidenceParty.answers))
    by_name = whole.join(EvidenceParty.organization).order_by(sort_column(Organization, language), Organization.id)
    found = [
        (each.organization, bool(partner_of(each, submission.revision).confirmed))
        for each in db.session.scalars(by_name)
    ]
    earlier = (
        select(Submission)
        .where(Submission.evidence_id == submission.evidence_id, Submission.network_id == submission.network_id)
        .where(Submission.id < submission.id)
        .options(selectinload(Submission.reviews).joinedload(Review.reviewer))
        .order_by(Submission.id.desc())
    )
    return ReviewSheet(
        found,
        visible_reviews(submission, actor.person_id),
        list(db.session.scalars(earlier)),
        hindrance_of(submission, actor, day),
    )


def hindrance_of(submission: Submission, actor: Actor, day: date) -> str:
    """Why this person may not review it now, in words; empty where she may."""
    if submission.state != SubmissionState.SUBMITTED:
        return _("This evidence is not waiting for a review any more.")
    if conflicts(submission, actor.person_id, day):
        return _("You belong to an organization that this evidence is about. Somebody else reviews it.")
    if any(review.reviewer_id == actor.person_id for review in submission.reviews):
        return _("You have reviewed this evidence; now it is somebody else's turn.")
    if submission.stage == Stage.DECIDING and submission.network_id not in actor.networks_as(Role.NETWORK_ADMIN):
        return _("Two reviewers disagree; an admin of the network decides.")
    return ""
