"""Rounds before networks."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from lms.certification.assessments.models import InstrumentVersion, Review, ReviewState, Round
from lms.db import db
from lms.organizations.models import Grant, Membership, NetworkMembership
from lms.organizations.queries import in_force
from lms.paging import Page, page_of


def _of_present_members(day: date) -> Any:
    """Reviews whose organization is in the network on a day: a network sees nothing of who has left it."""
    return (
        select(Review)
        .join(Review.round)
        .join(
            NetworkMembership,
            and_(
                NetworkMembership.organization_id == Round.organization_id,
                NetworkMembership.network_id == Review.network_id,
                in_force(NetworkMembership, day),
            ),
        )
    )


def review_by_public_id(public_id: str, day: date) -> Review | None:
    """The review with that public id, of an organization that is in the network today."""
    whole = (
        contains_eager(Review.round).joinedload(Round.organization),
        contains_eager(Review.round).joinedload(Round.version).joinedload(InstrumentVersion.instrument),
        joinedload(Review.network),
    )
    query = _of_present_members(day).where(Review.public_id == public_id).options(*whole)
    found: Review | None = db.session.scalars(query).one_or_none()
    return found


def queue_of(network_id: int, day: date, *, decided: bool, page: int) -> Page[Row[Any]]:
    """What waits for a network, longest first; or what it has answered, the newest first."""
    answered = Review.state.in_((ReviewState.CONFIRMED, ReviewState.RETURNED))
    query = (
        _of_present_members(day)
        .where(Review.network_id == network_id, answered if decided else Review.state == ReviewState.SUBMITTED)
        .options(
            contains_eager(Review.round).joinedload(Round.organization),
            contains_eager(Review.round).selectinload(Round.version),
        )
        .order_by(Review.decided_at.desc() if decided else Review.submitted_at, Review.id)
    )
    return page_of(query, page)


def waiting_count(network_id: int, day: date) -> int:
    """How many wait for a network."""
    waiting = _of_present_members(day).where(Review.network_id == network_id, Review.state == ReviewState.SUBMITTED)
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def waiting_counts(network_ids: Collection[int], day: date) -> dict[int, int]:
    """Network id to how many wait there."""
    waiting = _of_present_members(day).where(Review.network_id.in_(network_ids), Review.state == ReviewState.SUBMITTED)
    counted = waiting.with_only_columns(Review.network_id, func.count()).group_by(Review.network_id)
    return dict(db.session.execute(counted).all())


def reviews_of(round_id: int) -> Sequence[Review]:
    """Every time that a round was handed in, the first one first."""
    query = select(Review).where(Review.round_id == round_id).options(joinedload(Review.network))
    return db.session.scalars(query.order_by(Review.id)).all()


def is_involved(person_id: int, organization_id: int, since: date) -> bool:
    """Whether a person belonged to an organization or managed it on some day since: then she is no judge of it."""
    belonged = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.organization_id == organization_id,
        or_(Membership.ends_on.is_(None), Membership.ends_on > since),
    )
    granted = select(Grant.id).where(
        Grant.person_id == person_id,
        Grant.organization_id == organization_id,
        or_(Grant.ends_on.is_(None), Grant.ends_on > since),
    )
    return bool(db.session.scalar(select(or_(belonged.exists(), granted.exists()))))
