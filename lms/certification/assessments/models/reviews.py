"""A closed round before a network: handed in, confirmed or returned. Each time is a row of its own."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.certification.assessments.models.rounds import Round
from lms.db import Addressed, Base, Exportable
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network


class ReviewState(StrEnum):
    """What became of it."""

    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    #: The organization left the network before anybody decided.
    WITHDRAWN = "withdrawn"


_STANDS = text("state IN ('submitted', 'confirmed')")


class Review(Base, Exportable, Addressed):
    """A round as handed in to a network once, and the network's answer to it."""

    __tablename__ = "assessment_review"
    __table_args__ = (
        CheckConstraint("state IN ('submitted', 'confirmed', 'returned', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'submitted') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'returned' OR comment <> ''", name="returned_with_comment"),
        CheckConstraint("decided_at IS NULL OR decided_at >= submitted_at", name="dates"),
        CheckConstraint("(state = 'confirmed') = (total IS NOT NULL)", name="total"),
        Index(
            "uq_assessment_review_standing",
            *("round_id", "network_id"),
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_assessment_review_queue", "network_id", "state", "submitted_at"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    state: Mapped[ReviewState] = mapped_column(String(10), default=ReviewState.SUBMITTED)
    #: What the organization wrote to the network.
    note: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: What the network answered.
    comment: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Sum of the confirmed levels.
    total: Mapped[int | None] = mapped_column(default=None)

    round: Mapped[Round] = relationship()
    network: Mapped[Network] = relationship()
    scores: Mapped[list["ReviewedScore"]] = relationship(back_populates="review", order_by="ReviewedScore.id")

    def decide(self, state: ReviewState, comment: str, at: datetime, by_id: int | None) -> None:
        """Answer it, once. Raises NotAllowed where somebody has."""
        if self.state != ReviewState.SUBMITTED:
            raise NotAllowed(_("This was decided already."))
        self.state, self.comment, self.decided_by_id = state, comment, by_id
        self.decided_at = max(at, self.submitted_at)  # clocks differ a little


class ReviewedScore(Base, Exportable):
    """An item as confirmed: the organization's level and the reviewer's, with the reason where they differ."""

    __tablename__ = "assessment_reviewed_score"
    __table_args__ = (
        UniqueConstraint("review_id", "item"),
        CheckConstraint("own BETWEEN 1 AND 4", name="own"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        CheckConstraint("own = level OR reason <> ''", name="corrected_with_reason"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("assessment_review.id"))
    item: Mapped[str] = mapped_column(String(80))
    area: Mapped[str] = mapped_column(String(80))
    own: Mapped[int]
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")

    review: Mapped[Review] = relationship(back_populates="scores")
