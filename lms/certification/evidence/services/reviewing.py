"""Verdicts on what was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.certification.evidence.events import EvidenceDecided, EvidenceReviewed, ReviewSettingChanged
from lms.certification.evidence.evidence_types import evidence_type
from lms.certification.evidence.models import (
    ENDS,
    Review,
    ReviewSetting,
    Stage,
    Submission,
    Verdict,
)
from lms.certification.evidence.queries.reviewing import hindrance_of
from lms.certification.evidence.services.submitting import locked_submission
from lms.db import db
from lms.errors import DomainError, NotAllowed
from lms.events import emit
from lms.i18n import gettext as _
from lms.organizations.models import Network
from lms.security.actor import Actor

LONGEST_COMMENT = 5000


@dataclass(frozen=True)
class Said:
    """What a reviewer says: her verdict, a score of each criterion, and words to the organization."""

    verdict: Verdict | None
    scores: Mapping[str, int]
    comment: str = ""


def give_review(submission: Submission, said: Said, *, stage: str, actor: Actor, now: datetime) -> Review:
    """Say what becomes of it, as the reviewer whose turn it was when the page was made (`stage`).

    One reviewer decides. Of two, the second does not know what the first said; where they agree it is decided, else a
    network admin decides as a third. Raises NotAllowed where it is not hers to review now, and DomainError.
    """
    submission = locked_submission(submission.id)
    hindrance = hindrance_of(submission, actor, now.date())
    if hindrance:
        raise NotAllowed(hindrance)
    if submission.stage != stage:
        raise NotAllowed(_("Somebody else has reviewed this evidence meanwhile. What you typed was not saved."))
    if said.verdict is None:
        raise DomainError(_("Choose a verdict."), "verdict")
    review = Review(
        submission_id=submission.id,
        reviewer_id=actor.person_id,
        stage=submission.stage,
        verdict=said.verdict,
        scores=_scored(submission, said),
        comment=_commented(said),
        created_at=now,
    )
    db.session.add(review)
    db.session.flush()
    db.session.refresh(submission, ["reviews"])
    ids = (submission.id, submission.evidence_id, submission.organization_id, submission.network_id)
    emit(EvidenceReviewed(now, actor.person_id, *ids, review.id, str(review.stage), str(review.verdict)))
    _go_on(submission, said.verdict, actor.person_id, now)
    return review


def _scored(submission: Submission, said: Said) -> dict[str, int]:
    type_ = evidence_type(submission.type)
    scores = type_.scores(said.scores)
    left = next((each.key for each in type_.criteria if each.key not in scores), None)
    if said.verdict == Verdict.ACCEPT and left is not None:
        raise DomainError(_("Score each criterion before you accept."), f"score-{left}")
    return scores


def _commented(said: Said) -> str:
    comment = said.comment.strip()
    if said.verdict != Verdict.ACCEPT and not comment:
        raise DomainError(_("Say what is missing, or why it is not taken."), "comment")
    if len(comment) > LONGEST_COMMENT:
        raise DomainError(_("This comment is too long."), "comment")
    return comment


def _go_on(submission: Submission, verdict: Verdict, actor_id: int, now: datetime) -> None:
    if submission.stage == Stage.FIRST and submission.reviewers > 1:
        submission.stage = Stage.SECOND
    elif submission.stage == Stage.SECOND and not _agree(submission.reviews):
        submission.stage = Stage.DECIDING
    else:
        _decide(submission, verdict, actor_id, now)
    db.session.flush()


def _agree(reviews: Sequence[Review]) -> bool:
    return len({review.verdict for review in reviews}) == 1


def _decide(submission: Submission, verdict: Verdict, actor_id: int, now: datetime) -> None:
    submission.close(ENDS[verdict], now, _counts_from(submission, now) if verdict == Verdict.ACCEPT else None)
    ids = (submission.id, submission.evidence_id, submission.organization_id, submission.network_id)
    emit(EvidenceDecided(now, actor_id, *ids, str(submission.state)))


def _counts_from(submission: Submission, now: datetime) -> date:
    """The day on which it happened, as the type tells it; else the network's day of acceptance."""
    accepted = now.astimezone(ZoneInfo(submission.network.time_zone)).date()
    return evidence_type(submission.type).happened_on(submission.fields) or accepted


def set_reviewers(network: Network, number: int, *, actor_id: int, now: datetime) -> None:
    """How many people review from now on (1 or 2); what waits already keeps its number."""
    db.session.get(Network, network.id, with_for_update=True, populate_existing=True)
    query = select(ReviewSetting).where(ReviewSetting.network_id == network.id)
    row = db.session.scalars(query).one_or_none()
    if row is None:
        row = ReviewSetting(network_id=network.id)
        db.session.add(row)
    row.reviewers = 2 if number > 1 else 1
    emit(ReviewSettingChanged(now, actor_id, network.id, row.reviewers))
