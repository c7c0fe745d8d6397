"""What people chose about messages. A mail itself is a job."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base
from lms.messages.kinds import Choice

#: As `date.weekday()` counts: the week of most who read Persian and Arabic begins on it.
SATURDAY = 5
MORNING = 8


class MessageChoice(Base):
    """How a kind of message comes to a person by mail, where she chose it herself."""

    __tablename__ = "message_choice"
    __table_args__ = (
        UniqueConstraint("person_id", "kind"),
        CheckConstraint("choice IN ('at_once', 'digest', 'none')", name="choice"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Key of a registered kind (`lms.messages.kinds`).
    kind: Mapped[str] = mapped_column(String(32))
    choice: Mapped[Choice] = mapped_column(String(8))


class DigestTime(Base):
    """When a person's digest comes, in her time zone, where she chose it herself."""

    __tablename__ = "digest_time"
    __table_args__ = (
        CheckConstraint("weekday IS NULL OR weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: Monday is 0; None: every day.
    weekday: Mapped[int | None] = mapped_column(default=None)
    hour: Mapped[int] = mapped_column(default=MORNING)
