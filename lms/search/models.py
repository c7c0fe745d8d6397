"""What can be found: one row a thing and language, its folded text kept in step by whoever publishes it."""

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class SearchEntry(Base):
    """A lesson or module in one language."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("module_id", "key", "language"),
        Index("ix_search_entry_language", "language"),
    )

    module_id: Mapped[int]
    #: Key of the lesson; empty for the module itself.
    key: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str]
    #: Plain text as written: what highlights are cut from.
    text: Mapped[str]
    #: The words of `search_text` of the title, each with a space before it.
    folded_title: Mapped[str]
    #: The same of the title and the text, each word once.
    folded: Mapped[str]
