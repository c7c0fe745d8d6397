"""What self-assessments tell on a timeline: begun, closed, handed in, answered.

A network knows of a round only once it was handed in to it; so does its timeline.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from lms.certification.assessments.models import Review, ReviewState, Round, RoundState
from lms.certification.timeline import TimelineSource, register_timeline_source
from lms.db import db

ANSWERED = (ReviewState.CONFIRMED, ReviewState.RETURNED)


def _rounds(organization_id: int, network_id: int) -> Select[Any]:
    handed_in = select(Review.round_id).where(Review.network_id == network_id)
    return select(Round.id).where(Round.organization_id == organization_id, Round.id.in_(handed_in))


def _begun(organization_id: int, network_id: int) -> Select[Any, Any]:
    return select(Round.started_at, Round.id).where(Round.id.in_(_rounds(organization_id, network_id)))


def _closed(organization_id: int, network_id: int) -> Select[Any, Any]:
    query = select(Round.ended_at, Round.id).where(Round.state == RoundState.CLOSED)
    return query.where(Round.id.in_(_rounds(organization_id, network_id)))


def _load_rounds(ids: Sequence[int]) -> Mapping[int, Round]:
    if not ids:
        return {}
    query = select(Round).where(Round.id.in_(ids)).options(joinedload(Round.version))
    return {each.id: each for each in db.session.scalars(query)}


def _handed_in(organization_id: int, network_id: int) -> Select[Any, Any]:
    query = select(Review.submitted_at, Review.id).where(Review.network_id == network_id)
    return query.where(Review.round_id.in_(_rounds(organization_id, network_id)))


def _answered(organization_id: int, network_id: int) -> Select[Any, Any]:
    query = select(Review.decided_at, Review.id).where(Review.network_id == network_id, Review.state.in_(ANSWERED))
    return query.where(Review.round_id.in_(_rounds(organization_id, network_id)))


def _load_reviews(ids: Sequence[int]) -> Mapping[int, Review]:
    if not ids:
        return {}
    query = select(Review).where(Review.id.in_(ids)).options(joinedload(Review.round).joinedload(Round.version))
    return {each.id: each for each in db.session.scalars(query)}


def register_histories() -> None:
    """Add all four."""
    for name, dated, load, who in (
        ("assessment_begun", _begun, _load_rounds, "started_by_id"),
        ("assessment_closed", _closed, _load_rounds, "ended_by_id"),
        ("assessment_handed_in", _handed_in, _load_reviews, "submitted_by_id"),
        ("assessment_answered", _answered, _load_reviews, "decided_by_id"),
    ):
        _register(name, dated, load, who)


def _register(name: str, dated: Any, load: Any, who: str) -> None:
    template = "assessments/timeline.html"
    register_timeline_source(TimelineSource(name, dated, load, template, people=lambda about: [getattr(about, who)]))
