"""Who is told in the product that scoring began, and what a network answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.accounts.models import Notice
from lms.accounts.notices import NoticeKind, register_notice_kind
from lms.accounts.services import notify
from lms.addresses import url_for
from lms.certification.assessments.models import Review, Round
from lms.db import db
from lms.i18n import lazy_gettext as _
from lms.organizations.queries import current_members, managers_of

STARTED, CONFIRMED, RETURNED = "assessment_started", "assessment_confirmed", "assessment_returned"


def tell_staff(round_id: int, organization_id: int, actor_id: int | None, now: datetime) -> None:
    """Tell everybody but who began it. In one statement: the round is new, so nobody was told before."""
    people = {each.id for each in (*current_members(organization_id, now.date()), *managers_of(organization_id))}
    about = {"kind": STARTED, "target_id": round_id, "created_at": now}
    db.session.add_all(Notice(person_id=person_id, **about) for person_id in sorted(people - {actor_id}))
    db.session.flush()


def tell_managers(review_id: int, organization_id: int, now: datetime, *, confirmed: bool) -> None:
    """Tell those who manage the organization what the network answered."""
    for manager in managers_of(organization_id):
        notify(manager.id, CONFIRMED if confirmed else RETURNED, review_id, now)


def _rounds(ids: Sequence[int]) -> Mapping[int, Round]:
    found = db.session.scalars(select(Round).where(Round.id.in_(ids)).options(joinedload(Round.organization)))
    return {each.id: each for each in found}


def _reviews(ids: Sequence[int]) -> Mapping[int, Review]:
    whole = (joinedload(Review.network), joinedload(Review.round))
    found = db.session.scalars(select(Review).where(Review.id.in_(ids)).options(*whole))
    return {each.id: each for each in found}


def _page_of_round(found: Round) -> str:
    return url_for("assessments.round_page", round_id=found.public_id)


def _page_of_review(review: Review) -> str:
    return _page_of_round(review.round)


def register_notices() -> None:
    """Add the three kinds."""
    label, action = _("A self-assessment began"), _("Give your scores")
    register_notice_kind(
        NoticeKind(STARTED, label, action, "assessments/notice_started.html", load=_rounds, address=_page_of_round)
    )
    for name, told, template in (
        (CONFIRMED, _("A self-assessment was confirmed"), "assessments/notice_confirmed.html"),
        (RETURNED, _("A self-assessment was returned"), "assessments/notice_returned.html"),
    ):
        shown = NoticeKind(name, told, _("See the answer"), template, load=_reviews, address=_page_of_review)
        register_notice_kind(shown)
