"""What was told to whom: the outbox of certification's messages."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Exportable

_WAITS = "asked_at IS NULL"


class Message(Base, Exportable):
    """Something of an organization's certification that people are told: ids and dates, never names.

    Notices, mails and digests are made of it when they are shown or sent, in each reader's language.
    """

    __tablename__ = "message"

    #: Key of a registered kind (`lms.messages.kinds`).
    kind: Mapped[str] = mapped_column(String(32))
    #: The event and the kind: the same event is told once.
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id"))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), default=None)
    #: Says why, where somebody decided.
    step_id: Mapped[int | None] = mapped_column(ForeignKey("cycle_step.id"), default=None)
    #: Last valid day of the certificate, as it was then.
    ends_on: Mapped[date | None] = mapped_column(default=None)
    #: Last day on which a renewal continues it, as it was then.
    grace_ends_on: Mapped[date | None] = mapped_column(default=None)


class DigestEntry(Base):
    """A message that waits for a person's digest; gone once it was sent."""

    __tablename__ = "digest_entry"
    __table_args__ = (
        UniqueConstraint("person_id", "message_id"),
        Index(
            "ix_digest_entry_waiting", "person_id", "due_at", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    #: When the digest that holds it was asked for.
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
