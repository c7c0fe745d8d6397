"""What the studio keeps beside the drafts: files of questions, earlier texts, earlier questions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base
from lms.security.actor import Scope
from lms.training.models import DraftItem, DraftPart


class QuestionImport(Base, Addressed):
    """A file that was read for a quiz or a folder of the bank: looked at first, then imported, perhaps undone."""

    __tablename__ = "question_import"

    part_id: Mapped[int] = mapped_column(ForeignKey("draft_part.id", ondelete="CASCADE"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(10))
    #: Every question as it was read, and what was said of it (lms.exchange.items).
    items: Mapped[list[Any]] = mapped_column(deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime | None] = mapped_column(default=None)
    #: How many questions were imported.
    count: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)

    part: Mapped[DraftPart] = relationship()

    def scope(self) -> Scope:
        """The module's."""
        return self.part.scope()


class EarlierText(Base, Addressed):
    """A block or field of a draft in one language, as it was before it was changed."""

    __tablename__ = "earlier_text"
    __table_args__ = (Index("ix_earlier_text_item_id_language", "item_id", "language"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("draft_item.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    #: When and by whom it was written.
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    item: Mapped[DraftItem] = relationship()


class EarlierQuestion(Base, Addressed):
    """A question of a draft, as it was before it was changed: whole, since texts, options and keys go together."""

    __tablename__ = "earlier_question"

    item_id: Mapped[int] = mapped_column(ForeignKey("draft_item.id", ondelete="CASCADE"), index=True)
    #: As in a quiz file, without id and type.
    question: Mapped[dict[str, Any]]
    #: When and by whom it was written.
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    item: Mapped[DraftItem] = relationship()
