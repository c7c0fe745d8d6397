"""What boards keep: who was reminded of what, and secret links of calendars."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.db import Base
from lms.organizations.models import Network, Organization


class RequirementReminder(Base):
    """A person was reminded of a requirement that waits for her; the row says when last and by whom."""

    __tablename__ = "requirement_reminder"
    __table_args__ = (UniqueConstraint("organization_id", "network_id", "key", "person_id"),)

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Names the requirement, `key_of` its type and parameters.
    key: Mapped[str] = mapped_column(String(32))
    type: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[dict[str, Any]]
    #: In the network's time zone: nobody is reminded of the same twice in a day.
    day: Mapped[date]
    reminded_at: Mapped[datetime]
    reminded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organization: Mapped[Organization] = relationship()


class CalendarLink(Base):
    """The secret address of a calendar of coming dates: one a person and organization, or network."""

    __tablename__ = "calendar_link"
    __table_args__ = (
        CheckConstraint("(organization_id IS NULL) <> (network_id IS NULL)", name="one_subject"),
        UniqueConstraint("person_id", "organization_id"),
        UniqueConstraint("person_id", "network_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    #: SHA-256 of what stands in the address.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    organization: Mapped[Organization | None] = relationship()
    network: Mapped[Network | None] = relationship()
