"""Files that learners hand in."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base, Exportable

if TYPE_CHECKING:
    from lms.quizzes.models import AttemptQuestion


class Upload(Base, Exportable, Addressed):
    """A file that she handed in with an answer; its bytes lie in the storage under their digest."""

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("size >= 0", name="size"),)

    attempt_question_id: Mapped[int] = mapped_column(ForeignKey("attempt_question.id"), index=True)
    #: SHA-256 of its bytes.
    digest: Mapped[str] = mapped_column(String(64), index=True)
    #: As her device named it.
    name: Mapped[str]
    #: By its content, not by its name.
    media_type: Mapped[str]
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)

    attempt_question: Mapped["AttemptQuestion"] = relationship()
