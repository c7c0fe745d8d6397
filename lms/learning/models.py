"""What learners write: their notes on exercises, the sheet of their organization, errors that they report."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base
from lms.security.actor import Scope
from lms.training.models import Module, ModuleVersion


class OnExercise(Base):
    """Something about an exercise: a block of a lesson, in all its versions."""

    __abstract__ = True

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    lesson_key: Mapped[str]
    block_key: Mapped[str]


class ExerciseNote(OnExercise):
    """What a person writes for herself: nobody else reads it."""

    __tablename__ = "exercise_note"
    __table_args__ = (UniqueConstraint("person_id", "module_id", "lesson_key", "block_key"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    changed_at: Mapped[datetime]


class ExerciseSheet(OnExercise):
    """What an organization writes together: its present text is the last of its versions."""

    __tablename__ = "exercise_sheet"
    __table_args__ = (UniqueConstraint("organization_id", "module_id", "lesson_key", "block_key"),)

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    revision: Mapped[int] = mapped_column(default=0)

    versions: Mapped[list["SheetVersion"]] = relationship(order_by="SheetVersion.revision.desc()")


class SheetVersion(Base):
    """A sheet as somebody saved it: never changed afterwards."""

    __tablename__ = "sheet_version"
    __table_args__ = (UniqueConstraint("sheet_id", "revision"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("exercise_sheet.id"))
    revision: Mapped[int]
    text: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ReportState(StrEnum):
    """How far a report is."""

    OPEN = "open"
    MENDED = "mended"
    DECLINED = "declined"


class LessonReport(Base, Addressed):
    """An error in a lesson, as a learner reports it; who she is, is not shown to the trainer."""

    __tablename__ = "lesson_report"
    __table_args__ = (Index("ix_lesson_report_module_id_state", "module_id", "state"),)

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    lesson_key: Mapped[str]
    #: Empty: the lesson as a whole.
    block_key: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    state: Mapped[ReportState] = mapped_column(String(8), default=ReportState.OPEN)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)

    module: Mapped[Module] = relationship()
    version: Mapped[ModuleVersion] = relationship()

    def scope(self) -> Scope:
        """The module's: whoever may edit it, or (a plugin's) is a trainer of the site."""
        return self.module.scope()
