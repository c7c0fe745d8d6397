"""What can be found: one row a thing and language, its folded text kept in step by whoever publishes it."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class SearchEntry(Base):
    """A lesson or module in one language."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "language"),
        Index("ix_search_entry_module", "module_id"),
    )

    #: "module" or "lesson".
    kind: Mapped[str] = mapped_column(String(10))
    #: Id of the lesson version or module.
    subject_id: Mapped[int]
    module_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str]
    #: Plain text as written: what highlights are cut from.
    text: Mapped[str]
    #: `search_text` of title and text.
    folded: Mapped[str]
