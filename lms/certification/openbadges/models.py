"""The keys that certificates are signed with."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Addressed, Base, Exportable


class IssuerKey(Base, Exportable, Addressed):
    """An Ed25519 key of this installation. One is in use; the retired ones go on to sign their lists."""

    __tablename__ = "issuer_key"
    __table_args__ = (
        CheckConstraint("in_use IS NULL OR in_use", name="in_use_or_null"),
        CheckConstraint("(in_use IS NULL) = (retired_at IS NOT NULL)", name="retired"),
    )

    #: As multikey, z6Mk…
    public_key: Mapped[str] = mapped_column(unique=True)
    #: The private half, sealed with the installation's secret.
    sealed_key: Mapped[str]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    #: True, or null: so the database lets one at most be in use.
    in_use: Mapped[bool | None] = mapped_column(default=True, unique=True)

    def retire(self, at: datetime) -> None:
        """Sign no new credential with it."""
        self.in_use, self.retired_at = None, at
