"""A network's rules, organizations' ways through them, and what was awarded."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base, Exportable, Texts
from lms.organizations.models import Network, Organization
from lms.security.actor import Scope


class Scheme(Base, Exportable):
    """Certification rules: a network's own, or (no network) the default that a network starts from."""

    __tablename__ = "scheme"

    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), unique=True)
    names: Mapped[Texts]
    created_at: Mapped[datetime] = mapped_column(default=now)

    levels: Mapped[list["Level"]] = relationship(back_populates="scheme", order_by="Level.position")


class Level(Base, Exportable):
    """A level of a scheme."""

    __tablename__ = "level"
    __table_args__ = (UniqueConstraint("scheme_id", "position"),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    position: Mapped[int]
    names: Mapped[Texts]
    #: Months that an award is valid; None: without end.
    months_valid: Mapped[int | None] = mapped_column(default=None)
    #: Whether the rule awards as soon as it is met, or a network admin does.
    automatic: Mapped[bool] = mapped_column(default=False)

    scheme: Mapped[Scheme] = relationship(back_populates="levels")
    requirements: Mapped[list["Requirement"]] = relationship(back_populates="level", order_by="Requirement.position")


class Requirement(Base, Exportable):
    """One condition of a level: a type of the registry and what it needs to know."""

    __tablename__ = "requirement"
    __table_args__ = (UniqueConstraint("level_id", "position"),)

    level_id: Mapped[int] = mapped_column(ForeignKey("level.id"))
    position: Mapped[int]
    type: Mapped[str]
    parameters: Mapped[dict[str, Any]]

    level: Mapped[Level] = relationship(back_populates="requirements")


class CycleState(StrEnum):
    """What is stored of a cycle; due, in grace, expired and at risk follow from dates and facts."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    CERTIFIED = "certified"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"


class Cycle(Base, Exportable, Addressed):
    """One organization's way through one level. A renewal is a new cycle."""

    __tablename__ = "cycle"
    __table_args__ = (
        Index("ix_cycle_organization", "organization_id", "network_id"),
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


class Visibility(StrEnum):
    """How a person's credential can be found, and under which name."""

    LISTED = "listed"
    UNLISTED = "unlisted"
    PSEUDONYM = "pseudonym"


class Credential(Base, Exportable):
    """What a holder can show: a person for a module or kit, or an organization for a level."""

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organization_id IS NULL)", name="one_holder"),
        CheckConstraint("(organization_id IS NULL) = (award_id IS NULL)", name="organization_by_award"),
        CheckConstraint("(revoked_at IS NULL) = (revocation_reason = '')", name="revoked_with_reason"),
        Index("ix_credential_person", "person_id"),
        Index("ix_credential_organization", "organization_id"),
    )

    #: TSH-XXXX-XXXX, without ambiguous letters: stands on paper.
    code: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    module_completion_id: Mapped[int | None] = mapped_column(ForeignKey("module_completion.id"), unique=True)
    kit_id: Mapped[int | None] = mapped_column(ForeignKey("kit.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"), unique=True)
    #: The network in whose name it is given; None: the installation.
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None] = mapped_column(default=None)
    visibility: Mapped[Visibility] = mapped_column(String(10), default=Visibility.UNLISTED)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revocation_reason: Mapped[str] = mapped_column(default="")

    network: Mapped[Network | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    award: Mapped[Award | None] = relationship()

    def scope(self) -> Scope:
        """Its holder's, as overseen by the issuing network where the holder is an organization."""
        networks = frozenset({self.network_id}) if self.network_id and self.organization_id else frozenset()
        return Scope(self.person_id, self.organization_id, networks)
