"""Many certificates at once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base
from lms.organizations.models import Network, Organization
from lms.security.actor import Scope


class BundleState(StrEnum):
    """Where the making of one stands."""

    WAITING = "waiting"
    READY = "ready"
    GONE = "gone"
    """Its file was deleted; it can be asked for again."""


class Bundle(Base, Addressed):
    """Certificates as PDF in one file, asked for by somebody: a network's organizations', or those that an
    organization's people chose to show there."""

    __tablename__ = "certificate_bundle"
    __table_args__ = (
        CheckConstraint("(network_id IS NULL) <> (organization_id IS NULL)", name="of_one"),
        CheckConstraint("(state = 'ready') = (file_key IS NOT NULL)", name="file"),
    )

    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[BundleState] = mapped_column(String(8), default=BundleState.WAITING)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    file_key: Mapped[str | None] = mapped_column(String(64), default=None)
    size: Mapped[int] = mapped_column(default=0)

    network: Mapped[Network | None] = relationship()
    organization: Mapped[Organization | None] = relationship()

    def scope(self) -> Scope:
        """The network's or the organization's."""
        networks = frozenset({self.network_id}) if self.network_id else frozenset()
        return Scope(organization_id=self.organization_id, network_ids=networks)
