"""A network's certification rules: what never changes of them, and what each revision says."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Base, Exportable, Texts


class Expiry(StrEnum):
    """From where on an award's validity is counted."""

    AWARD = "award"
    """From the day of the award."""
    PREVIOUS = "previous"
    """From the end of the certificate that it renews, while that can be renewed; else from the award."""
    FIXED = "fixed"
    """Until a fixed day of the year that leaves it valid for some months at least."""


class FixedCalendar(StrEnum):
    """The calendar that a fixed day of the year is of."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"


class Scheme(Base, Exportable):
    """A network's certification."""

    __tablename__ = "scheme"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    revisions: Mapped[list["Revision"]] = relationship(back_populates="scheme", order_by="Revision.number")


class Level(Base, Exportable):
    """A level of a scheme, the same through all revisions; what it is called and asks for, a revision says."""

    __tablename__ = "level"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), index=True)


class Revision(Base, Exportable):
    """What a scheme says from a day on, until the next revision does. Never changed; one that has not begun may be
    cancelled."""

    __tablename__ = "scheme_revision"
    __table_args__ = (UniqueConstraint("scheme_id", "number"),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    number: Mapped[int]
    names: Mapped[Texts]
    #: In the network's time zone.
    starts_on: Mapped[date]
    #: Whether cycles that began before it follow it too from that day on; else they keep their own rule to their end.
    reaches_running: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)

    scheme: Mapped[Scheme] = relationship(back_populates="revisions")
    levels: Mapped[list["LevelRule"]] = relationship(back_populates="revision", order_by="LevelRule.position")


class LevelRule(Base, Exportable):
    """What a revision says of a level. Never changed: a cycle names the rule that it began under."""

    __tablename__ = "level_rule"
    __table_args__ = (
        UniqueConstraint("revision_id", "position"),
        UniqueConstraint("revision_id", "level_id"),
        CheckConstraint(
            "(expiry = 'fixed') = (fixed_month IS NOT NULL) AND (fixed_month IS NULL) = (fixed_day IS NULL)"
            " AND (fixed_month IS NULL) = (fixed_calendar IS NULL)",
            name="fixed",
        ),
        CheckConstraint("expiry = 'award' OR months_valid IS NOT NULL", name="ends"),
        CheckConstraint("months_valid IS NULL OR months_valid > 0", name="months"),
        CheckConstraint("window_days >= 0 AND grace_days >= 0", name="days"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("scheme_revision.id"))
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id"), index=True)
    position: Mapped[int]
    names: Mapped[Texts]
    #: Months that an award is valid, with a fixed day at least; None: without end.
    months_valid: Mapped[int | None] = mapped_column(default=None)
    expiry: Mapped[Expiry] = mapped_column(String(10), default=Expiry.PREVIOUS)
    fixed_month: Mapped[int | None] = mapped_column(default=None)
    fixed_day: Mapped[int | None] = mapped_column(default=None)
    fixed_calendar: Mapped[FixedCalendar | None] = mapped_column(String(10), default=None)
    #: Days before its end in which a certificate can be renewed, and days after it in which renewal still continues it.
    window_days: Mapped[int] = mapped_column(default=90)
    grace_days: Mapped[int] = mapped_column(default=60)
    #: Whether the rule awards as soon as it is met, or a network admin does.
    automatic: Mapped[bool] = mapped_column(default=False)
    #: Whether a second admin has to agree to an award.
    four_eyes: Mapped[bool] = mapped_column(default=False)
    #: [{"type": a key of the registry, "parameters": {…}}]: all have to be met.
    requirements: Mapped[list[Any]] = mapped_column(default=list)

    revision: Mapped[Revision] = relationship(back_populates="levels")
    level: Mapped[Level] = relationship()
