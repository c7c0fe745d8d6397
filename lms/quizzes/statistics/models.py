"""Sums over graded attempts, from which the statistics are made. Derived: `lms check` counts them again."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class QuizTally(Base):
    """A quiz of an edition, through its corrections: whoever counts holds its row."""

    __tablename__ = "quiz_tally"
    __table_args__ = (UniqueConstraint("module_id", "edition_id", "quiz_key"),)

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    quiz_key: Mapped[str]
    #: When something was last counted.
    counted_at: Mapped[datetime | None] = mapped_column(default=None)


class CutTally(Base):
    """Its attempts in one language, first ones or later ones: {measure: {value: how often}}."""

    __tablename__ = "cut_tally"
    __table_args__ = (UniqueConstraint("quiz_tally_id", "language", "first"),)

    quiz_tally_id: Mapped[int] = mapped_column(ForeignKey("quiz_tally.id"))
    language: Mapped[str] = mapped_column(String(2))
    first: Mapped[bool]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class QuestionTally(Base):
    """The answers to a question version in such attempts, where it is worth so many hundredths of a mark."""

    __tablename__ = "question_tally"
    __table_args__ = (UniqueConstraint("quiz_tally_id", "question_version_id", "mark", "language", "first"),)

    quiz_tally_id: Mapped[int] = mapped_column(ForeignKey("quiz_tally.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    mark: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    first: Mapped[bool]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class AnswerTally(Base):
    """How many in a stratum gave an answer."""

    __tablename__ = "answer_tally"
    __table_args__ = (
        UniqueConstraint("question_tally_id", "key", "stratum"),
        CheckConstraint("stratum BETWEEN 0 AND 10", name="stratum"),
    )

    question_tally_id: Mapped[int] = mapped_column(ForeignKey("question_tally.id"))
    key: Mapped[str]
    stratum: Mapped[int]
    count: Mapped[int]


class CountedAttempt(Base):
    """What of an attempt is in the sums, so that it can be taken out again; gone when its person is erased."""

    __tablename__ = "counted_attempt"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), unique=True)
    quiz_tally_id: Mapped[int] = mapped_column(ForeignKey("quiz_tally.id"), index=True)
    facts: Mapped[dict[str, Any]]
