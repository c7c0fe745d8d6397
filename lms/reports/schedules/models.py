"""What is made when, for whom, and what became of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.clock import now
from lms.db import Addressed, Base, Exportable
from lms.organizations.models import Network
from lms.security.actor import Scope


class Rhythm(StrEnum):
    """How often a report is made."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Failure(StrEnum):
    """Why a report was not made."""

    NO_ADMIN = "no_admin"
    """Its receiver, or whoever wants it in a folder, administers the network no more."""
    NO_ADDRESS = "no_address"
    """Its receiver has no confirmed mail address."""
    NO_MAIL = "no_mail"
    """The installation sends no mail."""
    OUTDATED = "outdated"
    """Something that the view filters by is there no more."""
    NO_REPORT = "no_report"
    """There is no such report any more."""
    TOO_LONG = "too_long"
    """More rows than a file of this format may have."""
    FOLDER = "folder"
    """The folder could not be written."""
    ERROR = "error"
    """Anything else; the log says more."""


class ReportSchedule(Base, Exportable, Addressed):
    """A view of a network's report, made every week or every month."""

    __tablename__ = "report_schedule"
    __table_args__ = (
        CheckConstraint("(rhythm = 'weekly') = (weekday IS NOT NULL)", name="weekly"),
        CheckConstraint("(rhythm = 'monthly') = (month_day IS NOT NULL)", name="monthly"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("month_day BETWEEN 1 AND 28", name="month_day"),
    )

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    #: Who is told of failures, and with whose rights a folder is filled.
    maker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    #: Key of `lms.reports.offered.REPORTS`.
    report: Mapped[str] = mapped_column(String(32))
    #: What stands in the address of the view.
    arguments: Mapped[dict[str, str]]
    file_format: Mapped[str] = mapped_column(String(8))
    rhythm: Mapped[Rhythm] = mapped_column(String(7))
    #: Monday is 0.
    weekday: Mapped[int | None] = mapped_column(default=None)
    #: In the receiver's calendar.
    month_day: Mapped[int | None] = mapped_column(default=None)
    to_folder: Mapped[bool] = mapped_column(default=False)
    #: First day, in the network's time zone, on which it can be due.
    since: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default=now)
    paused_at: Mapped[datetime | None] = mapped_column(default=None)
    #: Deleted: its runs stay.
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    network: Mapped[Network] = relationship()
    maker: Mapped[Person] = relationship()
    receivers: Mapped[list["ReportReceiver"]] = relationship(back_populates="schedule", cascade="all, delete-orphan")

    def scope(self) -> Scope:
        """The network's."""
        return self.network.scope()


class ReportReceiver(Base):
    """An admin of the network to whom a report is sent."""

    __tablename__ = "report_receiver"
    __table_args__ = (UniqueConstraint("schedule_id", "person_id"),)

    schedule_id: Mapped[int] = mapped_column(ForeignKey("report_schedule.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    schedule: Mapped[ReportSchedule] = relationship(back_populates="receivers")
    person: Mapped[Person] = relationship()


class ReportRun(Base, Exportable, Addressed):
    """One report for one receiver, or for the folder, on one day: kept for ever, its file for a while."""

    __tablename__ = "report_run"
    __table_args__ = (
        CheckConstraint("finished_at IS NULL OR file_hash <> ''", name="file"),
        CheckConstraint("NOT is_kept OR file_hash <> ''", name="kept"),
    )

    schedule_id: Mapped[int] = mapped_column(ForeignKey("report_schedule.id"), index=True)
    #: Schedule, day and receiver: one slot is made once.
    key: Mapped[str] = mapped_column(String(80), unique=True)
    #: None: for the folder.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    day: Mapped[date]
    asked_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    #: Of the last try; empty once one succeeded.
    failure: Mapped[str] = mapped_column(String(16), default="")
    #: The filter that is outdated, by its name in the address.
    failed_filter: Mapped[str] = mapped_column(String(16), default="")
    language: Mapped[str] = mapped_column(String(2), default="")
    expected: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    file_format: Mapped[str] = mapped_column(String(8))
    file_name: Mapped[str] = mapped_column(default="")
    #: SHA-256, known even when the file is kept no more.
    file_hash: Mapped[str] = mapped_column(String(64), default="")
    size: Mapped[int] = mapped_column(default=0)
    is_kept: Mapped[bool] = mapped_column(default=False, index=True)
    #: Ids of the networks that its file tells of: only who administers all of them may open it.
    network_ids: Mapped[list[Any]] = mapped_column(default=list)

    schedule: Mapped[ReportSchedule] = relationship()
    person: Mapped[Person | None] = relationship()

    def scope(self) -> Scope:
        """The network's."""
        return self.schedule.scope()
