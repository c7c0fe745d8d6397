"""Rounds: an organization scores itself, person by person, and then agrees."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.certification.assessments.models.instruments import InstrumentVersion
from lms.db import Addressed, Base, Exportable
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Organization
from lms.security.actor import Scope


class RoundState(StrEnum):
    """Where a round is."""

    SCORING = "scoring"
    AGREEING = "agreeing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


#: There is no way back to scoring: who watched the spread change would learn what the last one gave.
TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.SCORING: frozenset({RoundState.AGREEING, RoundState.CANCELLED}),
    RoundState.AGREEING: frozenset({RoundState.CLOSED, RoundState.CANCELLED}),
    RoundState.CLOSED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}
OPEN = frozenset({RoundState.SCORING, RoundState.AGREEING})
_IS_OPEN = text("state IN ('scoring', 'agreeing')")


class Round(Base, Exportable, Addressed):
    """One self-assessment of an organization with one version of an instrument. It is never erased."""

    __tablename__ = "assessment_round"
    __table_args__ = (
        CheckConstraint("state IN ('scoring', 'agreeing', 'closed', 'cancelled')", name="state"),
        CheckConstraint("state <> 'scoring' OR agreeing_at IS NULL", name="scoring"),
        CheckConstraint("state NOT IN ('agreeing', 'closed') OR agreeing_at IS NOT NULL", name="agreeing"),
        CheckConstraint("(state IN ('closed', 'cancelled')) = (ended_at IS NOT NULL)", name="ended"),
        CheckConstraint("agreeing_at IS NULL OR agreeing_at >= started_at", name="agreeing_after_start"),
        CheckConstraint("ended_at IS NULL OR ended_at >= COALESCE(agreeing_at, started_at)", name="ended_last"),
        CheckConstraint("(state = 'closed') = (total IS NOT NULL)", name="total"),
        Index(
            "uq_assessment_round_open",
            *("organization_id", "instrument_id"),
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    state: Mapped[RoundState] = mapped_column(String(10), default=RoundState.SCORING)
    started_at: Mapped[datetime]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    agreeing_at: Mapped[datetime | None] = mapped_column(default=None)
    #: When it was closed or cancelled.
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Who enters what the team agrees on, beside the managers.
    recorder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: How many scored at least one item, once the scores are in.
    scorers: Mapped[int | None] = mapped_column(default=None)
    #: Sum of the agreed levels, once closed.
    total: Mapped[int | None] = mapped_column(default=None)

    organization: Mapped[Organization] = relationship()
    version: Mapped[InstrumentVersion] = relationship()
    recorder: Mapped[Person | None] = relationship(foreign_keys=[recorder_id])
    agreements: Mapped[list["Agreement"]] = relationship(back_populates="round", order_by="Agreement.position")

    @property
    def mean(self) -> float | None:
        """The mean of the agreed levels; None before it is closed."""
        areas = self.version.content["areas"]
        return None if self.total is None else self.total / sum(len(area["items"]) for area in areas)

    def move_to(self, state: RoundState, at: datetime) -> None:
        """Go on to another state. Raises NotAllowed where no way leads there."""
        if state not in TRANSITIONS[self.state]:
            raise NotAllowed(_("The self-assessment is not in a state that allows this."))
        at = max(at, self.agreeing_at or self.started_at)  # clocks differ a little
        self.state = state
        if state == RoundState.AGREEING:
            self.agreeing_at = at
        else:
            self.ended_at = at

    def require(self, state: RoundState) -> None:
        """Raise NotAllowed where it is not in that state."""
        if self.state != state:
            raise NotAllowed(_("The self-assessment is not in a state that allows this."))

    def scope(self) -> Scope:
        """The organization's alone: no network sees it before it is handed in."""
        return Scope(organization_id=self.organization_id)


class Score(Base, Exportable):
    """What one person gave an item. Nobody else sees it by her name."""

    __tablename__ = "assessment_score"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", "item"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    item: Mapped[str] = mapped_column(String(80))
    level: Mapped[int]
    scored_at: Mapped[datetime]


class Agreement(Base, Exportable):
    """What the team agreed on for an item, and how the scores had been spread when scoring ended."""

    __tablename__ = "assessment_agreement"
    __table_args__ = (
        UniqueConstraint("round_id", "item"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        CheckConstraint("(level IS NULL) = (justification = '')", name="justified"),
        CheckConstraint("(level IS NULL) = (agreed_at IS NULL)", name="agreed"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    item: Mapped[str] = mapped_column(String(80))
    area: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    #: How many people gave each level, the lowest first: counts, so that they outlive the people.
    spread: Mapped[list[Any]]
    level: Mapped[int | None] = mapped_column(default=None)
    justification: Mapped[str] = mapped_column(default="")
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    round: Mapped[Round] = relationship(back_populates="agreements")
