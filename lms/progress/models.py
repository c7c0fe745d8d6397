"""Facts about a person: what she was given, began and completed. They hold ids and numbers, never names."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Base, Exportable
from lms.quizzes.models import Source
from lms.training.models import Module, ModuleVersion


class Recorded(Base, Exportable):
    """A fact: when it happened, when and by whom it was recorded, and how it came."""

    __abstract__ = True

    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[Source] = mapped_column(String(15), default=Source.ONLINE)


class Assignment(Base):
    """A kit or module given to an organization's or a network's people, with an optional due date."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("(kit_id IS NULL) <> (module_id IS NULL)", name="one_subject"),
        CheckConstraint("(organization_id IS NULL) <> (network_id IS NULL)", name="one_group"),
    )

    kit_id: Mapped[int | None] = mapped_column(ForeignKey("kit.id"), index=True)
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Enrolment(Recorded):
    """A person on an edition of a module, and where she is in it."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("person_id", "module_id"), Index("ix_enrolment_module", "module_id"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    #: The version that she reads; corrections of its edition move it, an edition only when she chooses.
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"), index=True)
    #: Where she was last: "lesson/<key>" or "quiz/<key>".
    last_place: Mapped[str] = mapped_column(default="")
    last_at: Mapped[datetime]

    module: Mapped[Module] = relationship()
    version: Mapped[ModuleVersion] = relationship()


class LessonCompletion(Recorded):
    """A lesson read: its button pressed."""

    __tablename__ = "lesson_completion"
    __table_args__ = (UniqueConstraint("person_id", "module_id", "lesson_key"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    lesson_key: Mapped[str]
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    language: Mapped[str] = mapped_column(String(2))


class ModuleCompletion(Recorded):
    """A module completed, by the rule of the version that she was on. The first one of an edition counts."""

    __tablename__ = "module_completion"
    __table_args__ = (
        UniqueConstraint("person_id", "module_id", "edition_id"),
        Index("ix_module_completion_module_person", "module_id", "person_id", "occurred_at"),
        # What was completed in some days.
        Index("ix_module_completion_module_occurred", "module_id", "occurred_at"),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 1", name="score"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    language: Mapped[str] = mapped_column(String(2))
    #: Best share of the mark over the required quizzes; None where there is no quiz.
    score: Mapped[float | None]

    version: Mapped[ModuleVersion] = relationship(foreign_keys=[version_id])


class Gain(Recorded):
    """What a person got of a module's questions before its lessons and after them. The first pair of a module counts.

    Derived from two attempts, and changed where one of them is marked anew.
    """

    __tablename__ = "gain"
    __table_args__ = (
        UniqueConstraint("person_id", "module_id"),
        Index("ix_gain_module", "module_id"),
        CheckConstraint("before BETWEEN 0 AND 1000 AND after BETWEEN 0 AND 1000", name="thousandths"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    #: Shares of the mark in thousandths: in the entry quiz, and in the first attempt at the one after the lessons.
    before: Mapped[int]
    after: Mapped[int]
