"""Answers that wait for graders, and every verdict on them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.clock import now
from lms.db import Addressed, Base, Exportable
from lms.quizzes.models import AttemptQuestion


class Stage(StrEnum):
    """Whose turn it is: the first reader's, a second one's who does not see the first verdict, or one's who decides."""

    FIRST = "first"
    SECOND = "second"
    DECIDING = "deciding"
    DONE = "done"


class GradingTask(Base, Exportable, Addressed):
    """An answer to be graded. Who claims it has it to herself until the lease ends."""

    __tablename__ = "grading_task"
    __table_args__ = (
        CheckConstraint("stage IN ('first', 'second', 'deciding', 'done')", name="stage"),
        CheckConstraint("(stage = 'done') = (done_at IS NOT NULL)", name="done"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_until IS NULL)", name="claim"),
        CheckConstraint("stage <> 'done' OR claimed_by_id IS NULL", name="done_is_free"),
        Index("ix_grading_task_queue", "stage", "waiting_since"),
    )

    attempt_question_id: Mapped[int] = mapped_column(ForeignKey("attempt_question.id"), unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    stage: Mapped[Stage] = mapped_column(String(8), default=Stage.FIRST)
    #: When it was submitted.
    waiting_since: Mapped[datetime]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)

    attempt_question: Mapped[AttemptQuestion] = relationship()
    verdicts: Mapped[list["Verdict"]] = relationship(back_populates="task", order_by="Verdict.id")

    def is_held(self, person_id: int, at: datetime) -> bool:
        """Whether somebody else than this person has it to herself."""
        return self.claimed_until is not None and self.claimed_until > at and self.claimed_by_id != person_id


class Purpose(StrEnum):
    """What a verdict was for; a regrade changes one that stood."""

    FIRST = "first"
    SECOND = "second"
    DECIDING = "deciding"
    REGRADE = "regrade"


class Verdict(Base, Exportable):
    """What one grader said of an answer, once: a level of each criterion, and words to the learner. Never changed."""

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint("purpose IN ('first', 'second', 'deciding', 'regrade')", name="purpose"),
        CheckConstraint("fraction BETWEEN 0 AND 1", name="fraction"),
        Index(
            "uq_verdict_reader",
            "task_id",
            "purpose",
            unique=True,
            sqlite_where=text("purpose <> 'regrade'"),
            postgresql_where=text("purpose <> 'regrade'"),
        ),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("grading_task.id"), index=True)
    grader_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(String(8))
    #: {criterion: level}
    levels: Mapped[dict[str, str]]
    #: Share of the mark.
    fraction: Mapped[float]
    #: To the learner, as typed.
    comment: Mapped[str] = mapped_column(default="")
    #: Why it was graded again, for other graders.
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    task: Mapped[GradingTask] = relationship(back_populates="verdicts")
    grader: Mapped[Person] = relationship()
