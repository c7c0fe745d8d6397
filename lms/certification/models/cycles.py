"""Organizations' ways through the levels, and the verdicts at their ends."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.certification.models.schemes import Level
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


OPEN = frozenset({CycleState.IN_PROGRESS, CycleState.SUBMITTED})
#: Where a cycle can go from each state. An award ends the way; what follows is suspension, revocation, or a new cycle.
TRANSITIONS: dict[CycleState, frozenset[CycleState]] = {
    CycleState.IN_PROGRESS: frozenset({CycleState.SUBMITTED, CycleState.CERTIFIED, CycleState.WITHDRAWN}),
    CycleState.SUBMITTED: frozenset({CycleState.IN_PROGRESS, CycleState.CERTIFIED, CycleState.WITHDRAWN}),
    CycleState.CERTIFIED: frozenset({CycleState.SUSPENDED, CycleState.REVOKED}),
    CycleState.SUSPENDED: frozenset({CycleState.CERTIFIED, CycleState.REVOKED}),
    CycleState.REVOKED: frozenset(),
    CycleState.WITHDRAWN: frozenset(),
}
_IS_OPEN = "state IN ('in_progress', 'submitted')"


class Cycle(Base, Exportable, Addressed):
    """One organization's way through one level. A renewal is a new cycle."""

    __tablename__ = "cycle"
    __table_args__ = (
        Index("ix_cycle_organization", "organization_id", "network_id"),
        Index(
            "uq_cycle_open",
            *("organization_id", "network_id", "level_id"),
            unique=True,
            sqlite_where=text(_IS_OPEN),
            postgresql_where=text(_IS_OPEN),
        ),
        CheckConstraint("(state IN ('certified', 'suspended', 'revoked')) = (awarded_on IS NOT NULL)", name="awarded"),
        CheckConstraint("expires_on IS NULL OR expires_on >= awarded_on", name="dates"),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id"), index=True)
    state: Mapped[CycleState] = mapped_column(String(12), default=CycleState.IN_PROGRESS)
    started_on: Mapped[date]
    awarded_on: Mapped[date | None] = mapped_column(default=None)
    #: Last valid day, in the network's time zone; None: without end.
    expires_on: Mapped[date | None] = mapped_column(default=None)

    organization: Mapped[Organization] = relationship()
    network: Mapped[Network] = relationship()
    level: Mapped[Level] = relationship()

    def move_to(self, state: CycleState) -> None:
        """Go on to another state. Raises NotAllowed where no way leads there, or only an award does."""
        if state not in TRANSITIONS[self.state] or (state == CycleState.CERTIFIED and self.awarded_on is None):
            raise NotAllowed(_("The certification is not in a state that allows this."))
        self.state = state

    def certify(self, on: date, until: date | None) -> None:
        """End an open cycle with an award, valid through `until`. Raises NotAllowed where it is not open."""
        if self.state not in OPEN:
            raise NotAllowed(_("The certification is not in a state that allows this."))
        self.awarded_on, self.expires_on, self.state = on, until, CycleState.CERTIFIED

    def scope(self) -> Scope:
        """The organization, as seen by the cycle's network."""
        return Scope(organization_id=self.organization_id, network_ids=frozenset({self.network_id}))


class Award(Base, Exportable):
    """The verdict, with a copy of the rule and of the facts that met it (ids and numbers, no names)."""

    __tablename__ = "award"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), unique=True)
    rule: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    awarded_at: Mapped[datetime]
    awarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    cycle: Mapped[Cycle] = relationship()
