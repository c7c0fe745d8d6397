"""Questions and quizzes as published, and people's attempts at them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

import lms.quizzes.policy_models
import lms.quizzes.statistics.models
import lms.quizzes.upload_models  # noqa: F401 - more tables of this feature
from lms.clock import now
from lms.db import Addressed, Base, Exportable, Texts
from lms.quizzes.policies import Feedback, GradeRule
from lms.security.actor import Scope
from lms.training.models import ModuleVersion, Owned


class Question(Owned, Exportable):
    """A question through all its versions."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("module_id", "key"),)

    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"))
    #: "<quiz key>/<question key>" where it was written in a module, "@bank/<question key>" in a pool.
    key: Mapped[str]

    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number"
    )


class QuestionVersion(Base, Exportable):
    """A question's text, immutable: structure and one text a language (docs/content-format.md)."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    type: Mapped[str]
    structure: Mapped[dict[str, Any]]
    #: {language: {"prompt": …}} as Markdown source.
    text: Mapped[dict[str, Any]]
    #: The same with every inline Markdown string rendered to sanitized HTML.
    rendered: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)

    question: Mapped[Question] = relationship(back_populates="versions")
    scorings: Mapped[list["QuestionScoring"]] = relationship(
        back_populates="question_version", order_by="QuestionScoring.number"
    )


class QuestionScoring(Base):
    """How answers to a question version are marked: a new row a change, so that regrading has a history."""

    __tablename__ = "question_scoring"
    __table_args__ = (UniqueConstraint("question_version_id", "number"),)

    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    number: Mapped[int] = mapped_column(default=1)
    scoring: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    question_version: Mapped[QuestionVersion] = relationship(back_populates="scorings")


class QuizVersion(Base, Exportable, Addressed):
    """A quiz of a module version."""

    __tablename__ = "quiz_version"
    __table_args__ = (
        UniqueConstraint("module_version_id", "key"),
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark"),
        CheckConstraint("max_attempts >= 0", name="attempts"),
        CheckConstraint("grading_days BETWEEN 1 AND 365", name="grading_days"),
        CheckConstraint("readers BETWEEN 1 AND 2", name="readers"),
        CheckConstraint("difference BETWEEN 0 AND 100", name="difference"),
        CheckConstraint("delay >= 0 AND late >= 0", name="minutes"),
        CheckConstraint("opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on", name="dates"),
        CheckConstraint("feedback <> 'after_closing' OR closes_on IS NOT NULL", name="feedback_has_its_day"),
        CheckConstraint("page_size IS NULL OR page_size > 0", name="page_size"),
        CheckConstraint(
            "before IS NULL OR (NOT required AND pass_mark = 0 AND max_attempts = 1 AND show_key = 'never')",
            name="entry_counts_nowhere",
        ),
    )

    module_version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    key: Mapped[str]
    position: Mapped[int]
    required: Mapped[bool] = mapped_column(default=True)
    #: An entry quiz: key of the quiz that it is compared with. What it is worth counts nowhere.
    before: Mapped[str | None] = mapped_column(default=None)
    titles: Mapped[Texts]
    intros: Mapped[Texts] = mapped_column(default=dict)
    #: Percentage.
    pass_mark: Mapped[int]
    #: 0: without limit.
    max_attempts: Mapped[int] = mapped_column(default=0)
    shuffle: Mapped[bool] = mapped_column(default=True)
    #: never, after_last_attempt, after_each
    show_key: Mapped[str] = mapped_column(String(20), default="after_last_attempt")
    #: Minutes; None: no limit.
    time_limit: Mapped[int | None] = mapped_column(default=None)
    #: Days within which what a person must grade is graded.
    grading_days: Mapped[int] = mapped_column(default=7)
    #: How many people grade an answer without seeing each other's verdict, and by how much of the mark, in per cent,
    #: they may differ before one more decides.
    readers: Mapped[int] = mapped_column(default=1)
    difference: Mapped[int] = mapped_column(default=20)
    #: Minutes from the end of an attempt to the start of the next.
    delay: Mapped[int] = mapped_column(default=0)
    #: First and last day, in the time zone of the module's owner; a cohort's own days stand in their place.
    opens_on: Mapped[date | None] = mapped_column(default=None)
    closes_on: Mapped[date | None] = mapped_column(default=None)
    #: Minutes after the deadline in which answers given before it may still arrive.
    late: Mapped[int] = mapped_column(default=1)
    grade_rule: Mapped[GradeRule] = mapped_column(String(7), default=GradeRule.BEST)
    feedback: Mapped[Feedback] = mapped_column(String(16), default=Feedback.AFTER_SUBMISSION)
    #: Whether each answer says how certain it is, and is marked by it.
    certainty: Mapped[bool] = mapped_column(default=False)
    #: [{"tag" or "id": …, "count": …}]: how many questions of a tag, or of a pinned pool, are asked; others always are.
    draws: Mapped[list[Any]] = mapped_column(default=list)
    pools: Mapped[list[Any]] = mapped_column(default=list)
    #: Questions a page; None: all on one.
    page_size: Mapped[int | None] = mapped_column(default=None)

    module_version: Mapped[ModuleVersion] = relationship()
    questions: Mapped[list["QuizQuestion"]] = relationship(back_populates="quiz", order_by="QuizQuestion.position")

    def scope(self) -> Scope:
        """Its module's."""
        return self.module_version.module.scope()


class QuizQuestion(Base):
    """A question pinned into a quiz version: its own, or one of a pool."""

    __tablename__ = "quiz_question"
    __table_args__ = (UniqueConstraint("quiz_version_id", "position"),)

    quiz_version_id: Mapped[int] = mapped_column(ForeignKey("quiz_version.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    position: Mapped[int]
    mark: Mapped[float] = mapped_column(default=1.0)
    #: Asked about the case study before it: the two are never parted.
    in_case: Mapped[bool] = mapped_column(default=False)
    tags: Mapped[list[Any]] = mapped_column(default=list)
    pool: Mapped[str | None] = mapped_column(default=None)

    quiz: Mapped[QuizVersion] = relationship(back_populates="questions")
    question_version: Mapped[QuestionVersion] = relationship()


class AttemptState(StrEnum):
    """Open while she answers; submitted while something of it waits for a grader; graded when all of it is.

    An attempt whose time is up is closed with what was saved, as if she had submitted it.
    """

    OPEN = "open"
    SUBMITTED = "submitted"
    GRADED = "graded"


class Source(StrEnum):
    """How a fact reached us."""

    ONLINE = "online"
    OFFLINE = "offline"
    PAPER = "paper"
    IMPORT = "import"
    PRIOR_LEARNING = "prior_learning"


_UNCOUNTED = text("graded_at IS NOT NULL AND counted_at IS NULL")


class Attempt(Base, Exportable, Addressed):
    """One try at a quiz, with the rule that it is judged by."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "quiz_version_id", "number"),
        Index("ix_attempt_quiz_state", "quiz_version_id", "state"),
        Index("ix_attempt_uncounted", "quiz_version_id", sqlite_where=_UNCOUNTED, postgresql_where=_UNCOUNTED),
        CheckConstraint("(state = 'open') = (submitted_at IS NULL)", name="submitted"),
        CheckConstraint("(state = 'graded') = (graded_at IS NOT NULL)", name="graded"),
        CheckConstraint("(state = 'graded') = (passed IS NOT NULL)", name="passed"),
        CheckConstraint("(deadline IS NULL) = (closes_at IS NULL)", name="closing"),
        CheckConstraint("closes_at IS NULL OR closes_at >= deadline", name="grace"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    quiz_version_id: Mapped[int] = mapped_column(ForeignKey("quiz_version.id"))
    number: Mapped[int]
    state: Mapped[AttemptState] = mapped_column(String(9), default=AttemptState.OPEN)
    #: Fixes the order of questions and options.
    seed: Mapped[int]
    #: Copied from the quiz when the attempt starts: percentage.
    pass_mark: Mapped[int]
    #: Copied with it.
    grade_rule: Mapped[GradeRule] = mapped_column(String(7), default=GradeRule.BEST)
    max_mark: Mapped[float]
    mark: Mapped[float | None] = mapped_column(default=None)
    #: What the quiz stands at by the rule once this attempt is graded: share of the mark, and whether it is enough.
    standing: Mapped[float | None] = mapped_column(default=None)
    passed: Mapped[bool | None] = mapped_column(default=None)
    #: Language in which it was submitted.
    language: Mapped[str] = mapped_column(String(2))
    deadline: Mapped[datetime | None] = mapped_column(default=None)
    #: The deadline and its grace: what arrives after it is refused.
    closes_at: Mapped[datetime | None] = mapped_column(default=None)
    #: When she submitted, or when it was closed for her.
    submitted_at: Mapped[datetime | None] = mapped_column(default=None)
    #: When the last of it was graded.
    graded_at: Mapped[datetime | None] = mapped_column(default=None)
    #: When the statistics last counted it as it is; None: they have to, once it is graded.
    counted_at: Mapped[datetime | None] = mapped_column(default=None)
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    source: Mapped[Source] = mapped_column(String(15), default=Source.ONLINE)

    quiz: Mapped[QuizVersion] = relationship()
    questions: Mapped[list["AttemptQuestion"]] = relationship(
        back_populates="attempt", order_by="AttemptQuestion.position"
    )

    def scope(self) -> Scope:
        """Its person's own."""
        return Scope(person_id=self.person_id)


class AttemptQuestion(Base):
    """A question as this attempt asks it, with the answer that stands."""

    __tablename__ = "attempt_question"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        CheckConstraint("certainty IS NULL OR certainty BETWEEN 1 AND 3", name="certainty"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)
    scoring_id: Mapped[int] = mapped_column(ForeignKey("question_scoring.id"))
    position: Mapped[int]
    #: Option ids in the order shown.
    option_order: Mapped[list[Any]] = mapped_column(default=list)
    mark: Mapped[float]
    #: The latest response's answer, its language, and when the server had it; None: not answered.
    answer: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(String(2), default=None)
    saved_at: Mapped[datetime | None] = mapped_column(default=None)
    #: How certain she is of it, 1 to 3, where the quiz asks.
    certainty: Mapped[int | None] = mapped_column(default=None)
    #: When she had it judged, where feedback comes with each question: it cannot be changed since.
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    #: For later review, by the learner.
    flagged: Mapped[bool] = mapped_column(default=False)
    #: Share of the mark, 0 to 1 (below 0: certain, and wrong), once graded; None after submission: waits for a grader.
    fraction: Mapped[float | None] = mapped_column(default=None)
    #: What graders said of it: {"levels": {criterion: level}, "comments": […]}.
    verdict: Mapped[dict[str, Any] | None] = mapped_column(default=None)

    attempt: Mapped[Attempt] = relationship(back_populates="questions")
    question_version: Mapped[QuestionVersion] = relationship()
    scoring: Mapped[QuestionScoring] = relationship()


class Response(Base):
    """Everything that was received for a question: the client's key makes it idempotent and ordered."""

    __tablename__ = "response"
    __table_args__ = (UniqueConstraint("attempt_id", "client_uid", "sequence"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    #: Not indexed: whoever looks for it knows the attempt, and each index is written with every answer.
    attempt_question_id: Mapped[int] = mapped_column(ForeignKey("attempt_question.id"))
    client_uid: Mapped[str] = mapped_column(String(36))
    sequence: Mapped[int]
    answer: Mapped[dict[str, Any] | None]
    certainty: Mapped[int | None] = mapped_column(default=None)
    language: Mapped[str] = mapped_column(String(2))
    #: The browser and system that sent it, in words.
    device: Mapped[str] = mapped_column(String(60), default="")
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    source: Mapped[Source] = mapped_column(String(15), default=Source.ONLINE)
