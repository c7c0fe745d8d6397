"""What trainers decide after a quiz was published: allowances for people, and new marking of answers given."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.clock import now
from lms.db import Addressed, Base, Exportable


class Accommodation(Base, Exportable, Addressed):
    """More time, more attempts or a later closing day at a module's quizzes, for a person or a cohort."""

    __tablename__ = "accommodation"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (cohort_id IS NULL)", name="one_subject"),
        CheckConstraint("extra_minutes > 0 OR extra_attempts > 0 OR closes_on IS NOT NULL", name="gives_something"),
        CheckConstraint("extra_minutes >= 0 AND extra_attempts >= 0", name="takes_nothing"),
        CheckConstraint("(ended_at IS NULL) OR (ended_at >= created_at)", name="dates"),
        Index("ix_accommodation_module_person", "module_id", "person_id"),
        Index("ix_accommodation_module_cohort", "module_id", "cohort_id"),
    )

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    #: Key of the quiz; empty: every quiz of the module.
    quiz_key: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    extra_minutes: Mapped[int] = mapped_column(default=0)
    extra_attempts: Mapped[int] = mapped_column(default=0)
    #: A last day in the place of the quiz's or the cohort's.
    closes_on: Mapped[date | None] = mapped_column(default=None)
    #: Why, in the words of who gave it; emptied when the person is erased.
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RegradeState(StrEnum):
    """Looked through first, then shown, then done; or given up."""

    LOOKING = "looking"
    READY = "ready"
    APPLYING = "applying"
    DONE = "done"
    DROPPED = "dropped"


class Regrade(Base, Exportable, Addressed):
    """Answers to a question version marked anew by another scoring."""

    __tablename__ = "regrade"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    scoring_id: Mapped[int] = mapped_column(ForeignKey("question_scoring.id"))
    state: Mapped[RegradeState] = mapped_column(String(8), default=RegradeState.LOOKING)
    #: People whose answers there are to look at, and of how many that was done.
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    #: The last of them, by id.
    cursor: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None] = mapped_column(default=None)
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class MarkChange(Base):
    """What a regrade changes in an attempt: foreseen, or (applied) history."""

    __tablename__ = "mark_change"
    __table_args__ = (UniqueConstraint("regrade_id", "attempt_id"),)

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    #: Of the answer; None where only another attempt's answer changed what this one passes by.
    fraction_before: Mapped[float | None] = mapped_column(default=None)
    fraction_after: Mapped[float | None] = mapped_column(default=None)
    mark_before: Mapped[float]
    mark_after: Mapped[float]
    passed_before: Mapped[bool]
    passed_after: Mapped[bool]
    applied_at: Mapped[datetime | None] = mapped_column(default=None)
