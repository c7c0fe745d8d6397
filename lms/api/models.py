"""What lets a program read a network's data, and write into it once what it sends twice."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.db import Addressed, Base
from lms.organizations.models import Network
from lms.security.actor import Scope


class ApiToken(Base, Addressed):
    """A secret by which a program reads one network's data, as far as its maker sees them and its scopes go."""

    __tablename__ = "api_token"
    __table_args__ = (CheckConstraint("expires_on >= made_on", name="dates"),)

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    #: Who made it: it dies with her role, and with her account.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: What it is for, in her words.
    name: Mapped[str]
    #: SHA-256 of the secret.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: Values of `TokenScope`.
    scopes: Mapped[list[Any]]
    made_at: Mapped[datetime]
    #: First and last day on which it opens anything, in the network's time zone.
    made_on: Mapped[date]
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    last_used_on: Mapped[date | None] = mapped_column(default=None)

    network: Mapped[Network] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    def is_live(self, day: date) -> bool:
        """Whether it opens anything on a day; whether its maker still may is another question."""
        return self.revoked_at is None and day <= self.expires_on

    def scope(self) -> Scope:
        """The network's."""
        return Scope(network_ids=frozenset({self.network_id}))


class IdempotencyKey(Base):
    """A key under which a program sent something into a network, and the import that was made of it."""

    __tablename__ = "api_idempotency_key"
    __table_args__ = (UniqueConstraint("network_id", "key"),)

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    key: Mapped[str] = mapped_column(String(255))
    #: SHA-256 of what was sent with it: the body, its kind, and the parameters.
    fingerprint: Mapped[str] = mapped_column(String(64))
    #: When somebody set about answering; who does so later finds her own moment here, and no other.
    claimed_at: Mapped[datetime] = mapped_column(index=True)
    #: None while it is being taken.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("bulk_import.id"), index=True, default=None)
