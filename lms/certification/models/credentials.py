"""What a holder can show."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.certification.models.cycles import Award
from lms.db import Base, Exportable
from lms.errors import NotAllowed
from lms.i18n import gettext as _
from lms.organizations.models import Network, Organization
from lms.progress.models import ModuleCompletion
from lms.security.actor import Scope
from lms.training.models import Kit


class Visibility(StrEnum):
    """How a person's credential can be found, and under which name."""

    LISTED = "listed"
    UNLISTED = "unlisted"
    PSEUDONYM = "pseudonym"


_STANDS = text("withdrawn_at IS NULL")


class Credential(Base, Exportable):
    """What a holder can show: a person for a module or kit, or an organization for a level."""

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (organization_id IS NULL)", name="one_holder"),
        CheckConstraint("(organization_id IS NULL) = (award_id IS NULL)", name="organization_by_award"),
        CheckConstraint("(revoked_at IS NULL) = (revocation_reason = '')", name="revoked_with_reason"),
        CheckConstraint(
            "person_id IS NULL OR (module_completion_id IS NULL) <> (kit_id IS NULL)", name="person_for_module_or_kit"
        ),
        CheckConstraint("(status_list IS NULL) = (status_index IS NULL)", name="listed_whole"),
        CheckConstraint("withdrawn_at IS NULL OR person_id IS NOT NULL", name="withdrawn_by_person"),
        Index("uq_credential_kit", "person_id", "kit_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index(
            "uq_credential_completion",
            "module_completion_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        UniqueConstraint("status_list", "status_index"),
        Index("ix_credential_organization", "organization_id"),
    )

    #: TSH-XXXX-XXXX, without ambiguous letters: stands on paper.
    code: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    module_completion_id: Mapped[int | None] = mapped_column(ForeignKey("module_completion.id"))
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
    #: When its holder took it back; for good.
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    #: Its bit in the lists of revocations that verifiers ask: which list, and which place, drawn at random.
    status_list: Mapped[int | None] = mapped_column(default=None)
    status_index: Mapped[int | None] = mapped_column(default=None)

    person: Mapped[Person | None] = relationship()
    completion: Mapped[ModuleCompletion | None] = relationship()
    kit: Mapped[Kit | None] = relationship()
    network: Mapped[Network | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    award: Mapped[Award | None] = relationship()

    def revoke(self, reason: str, at: datetime) -> None:
        """Take it back, and say why. Raises NotAllowed where it was taken back before."""
        if self.revoked_at is not None:
            raise NotAllowed(_("This certificate is revoked already."))
        self.revoked_at, self.revocation_reason = at, reason

    def withdraw(self, at: datetime) -> None:
        """Its holder takes it back. Raises NotAllowed for an organization's, or where it was taken back before."""
        if self.person_id is None or self.withdrawn_at is not None:
            raise NotAllowed(_("This certificate cannot be taken back."))
        self.withdrawn_at, self.visibility = at, Visibility.UNLISTED

    def scope(self) -> Scope:
        """Its holder's, as overseen by the issuing network where the holder is an organization."""
        networks = frozenset({self.network_id}) if self.network_id and self.organization_id else frozenset()
        return Scope(self.person_id, self.organization_id, networks)
