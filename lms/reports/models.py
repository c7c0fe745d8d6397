"""Counters that reports read. Kept in the transaction that stores the fact."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class Stage(StrEnum):
    """How far a member is with a module."""

    STARTED = "started"
    COMPLETED = "completed"


class Stock(Base):
    """How many current confirmed members of an organization are at a stage of a module."""

    __tablename__ = "stock"
    __table_args__ = (
        UniqueConstraint("organization_id", "module_id", "edition_id", "stage", "language"),
        CheckConstraint("count >= 0", name="count"),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    stage: Mapped[Stage] = mapped_column(String(9))
    language: Mapped[str] = mapped_column(String(2))
    count: Mapped[int] = mapped_column(default=0)


class Flow(Base):
    """How many starts or completions happened in an organization on a day of its network's calendar."""

    __tablename__ = "flow"
    __table_args__ = (
        UniqueConstraint("organization_id", "module_id", "day", "stage"),
        Index("ix_flow_day", "day"),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    day: Mapped[date]
    stage: Mapped[Stage] = mapped_column(String(9))
    count: Mapped[int] = mapped_column(default=0)
