"""Organizations' ways through the levels, what happened on them, and the verdicts at their ends."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from lms.certification.models.schemes import Level, LevelRule
from lms.db import Addressed, Base, Exportable
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization
from lms.security.actor import Scope


class CycleState(StrEnum):
    """What is stored of a cycle; due, in grace, expired and at risk follow from dates and facts."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    CERTIFIED = "certified"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What can happen on a way."""

    STARTED = "started"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PROPOSED = "proposed"
    AWARDED = "awarded"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({CycleState.IN_PROGRESS, CycleState.SUBMITTED})
#: From which states each step can be taken, and where it leads (None: the cycle stays in its state).
STEPS: dict[StepKind, tuple[frozenset[CycleState], CycleState | None]] = {
    StepKind.SUBMITTED: (frozenset({CycleState.IN_PROGRESS}), CycleState.SUBMITTED),
    StepKind.RETURNED: (frozenset({CycleState.SUBMITTED}), CycleState.IN_PROGRESS),
    StepKind.PROPOSED: (OPEN, CycleState.SUBMITTED),
    StepKind.AWARDED: (OPEN, CycleState.CERTIFIED),
    StepKind.EXTENDED: (frozenset({CycleState.CERTIFIED, CycleState.SUSPENDED}), None),
    StepKind.SUSPENDED: (frozenset({CycleState.CERTIFIED}), CycleState.SUSPENDED),
    StepKind.RESUMED: (frozenset({CycleState.SUSPENDED}), CycleState.CERTIFIED),
    StepKind.REVOKED: (frozenset({CycleState.CERTIFIED, CycleState.SUSPENDED}), CycleState.REVOKED),
    StepKind.WITHDRAWN: (OPEN, CycleState.WITHDRAWN),
}
_IS_OPEN = "state IN ('in_progress', 'submitted')"
_IS_AWARDED = "state IN ('certified', 'suspended', 'revoked')"
#: Verdicts over somebody: never without saying why.
REASONED = frozenset({StepKind.RETURNED, StepKind.EXTENDED, StepKind.SUSPENDED, StepKind.RESUMED, StepKind.REVOKED})


class Cycle(Base, Exportable, Addressed):
    """One organization's way through one level. A renewal is a new cycle.

    Its row says where it is now; how it came there, its steps do. All days are of the network's time zone.
    """

    __tablename__ = "cycle"
    __table_args__ = (
        Index("ix_cycle_organization", "organization_id", "network_id"),
        # How many of a network's organizations hold a level: in their order each is counted once without sorting them.
        Index("ix_cycle_held", "network_id", "state", "organization_id", "window_opens_on", "grace_ends_on"),
        Index(
            "uq_cycle_open",
            *("organization_id", "network_id", "level_id"),
            unique=True,
            sqlite_where=text(_IS_OPEN),
            postgresql_where=text(_IS_OPEN),
        ),
        CheckConstraint(f"{_IS_OPEN} OR {_IS_AWARDED} OR state = 'withdrawn'", name="state"),
        CheckConstraint(f"({_IS_AWARDED}) = (awarded_on IS NOT NULL)", name="awarded"),
        CheckConstraint("awarded_on IS NULL OR awarded_on >= started_on", name="awarded_after_start"),
        CheckConstraint("due_on IS NULL OR awarded_on IS NOT NULL", name="due_after_award"),
        CheckConstraint(
            "(due_on IS NULL) = (window_opens_on IS NULL) AND (due_on IS NULL) = (expires_on IS NULL)"
            " AND (due_on IS NULL) = (grace_ends_on IS NULL)",
            name="all_dates",
        ),
        CheckConstraint(
            "due_on IS NULL OR (awarded_on <= window_opens_on AND window_opens_on <= due_on"
            " AND due_on <= expires_on AND expires_on <= grace_ends_on)",
            name="dates",
        ),
        CheckConstraint("proposed_by_id IS NULL OR state = 'submitted'", name="proposed"),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id"), index=True)
    #: The rule that it began under.
    rule_id: Mapped[int] = mapped_column(ForeignKey("level_rule.id"), index=True)
    state: Mapped[CycleState] = mapped_column(String(12), default=CycleState.IN_PROGRESS)
    started_on: Mapped[date]
    awarded_on: Mapped[date | None] = mapped_column(default=None)
    #: First day on which it can be renewed.
    window_opens_on: Mapped[date | None] = mapped_column(default=None)
    #: Last valid day as awarded: from here the next cycle may count, whatever was extended. None: without end.
    due_on: Mapped[date | None] = mapped_column(default=None)
    #: Last valid day, extensions included.
    expires_on: Mapped[date | None] = mapped_column(default=None, index=True)
    #: Last day on which a renewal continues it.
    grace_ends_on: Mapped[date | None] = mapped_column(default=None)
    #: Who proposed the award where a second admin has to agree.
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)

    organization: Mapped[Organization] = relationship()
    network: Mapped[Network] = relationship()
    level: Mapped[Level] = relationship()
    rule: Mapped[LevelRule] = relationship()
    steps: Mapped[list["CycleStep"]] = relationship(back_populates="cycle", order_by="CycleStep.number")

    def take(self, step: StepKind) -> None:
        """Go where a step leads. Raises NotAllowed where it cannot be taken."""
        states, leads_to = STEPS[step]
        if self.state not in states:
            raise NotAllowed(_("The certification is not in a state that allows this."))
        if leads_to is not None:
            self.state = leads_to

    def scope(self) -> Scope:
        """The organization, as seen by the cycle's network."""
        return Scope(organization_id=self.organization_id, network_ids=frozenset({self.network_id}))


class CycleStep(Base, Exportable):
    """Something that happened on a way, and how things stood after it. Added, never changed."""

    __tablename__ = "cycle_step"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint(
            f"reason <> '' OR kind NOT IN ({', '.join(repr(kind.value) for kind in sorted(REASONED))})", name="reason"
        ),
    )

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    number: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(String(10))
    at: Mapped[datetime]
    #: None: the rule did it, or a day came.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    state: Mapped[CycleState] = mapped_column(String(12))
    expires_on: Mapped[date | None] = mapped_column(default=None)

    cycle: Mapped[Cycle] = relationship(back_populates="steps")


class CycleMark(Base):
    """A date of a cycle that was told of, once for each day that it fell on."""

    __tablename__ = "cycle_mark"
    __table_args__ = (UniqueConstraint("cycle_id", "kind", "day"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    told_at: Mapped[datetime]


class Award(Base, Exportable):
    """The verdict, with a copy of the rule and of the facts that met it (ids and numbers, no names)."""

    __tablename__ = "award"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), unique=True)
    rule: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    awarded_at: Mapped[datetime]
    awarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    cycle: Mapped[Cycle] = relationship()


@event.listens_for(CycleStep, "before_update")
@event.listens_for(CycleStep, "before_delete")
@event.listens_for(Award, "before_update")
@event.listens_for(Award, "before_delete")
@event.listens_for(LevelRule, "before_update")
@event.listens_for(LevelRule, "before_delete")
def _refuse_to_change_history(_mapper: object, _connection: object, row: object) -> None:
    session = object_session(row)
    if session is None or row in session.deleted or session.is_modified(row, include_collections=False):
        raise RuntimeError(f"{type(row).__name__} is history")
