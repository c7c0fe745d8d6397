"""Modules and kits: drafts that change, versions that never do."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base, Exportable, Texts
from lms.security.actor import Scope


class Owned(Base):
    """An authored thing: the site's (no network), or a network's; or a plugin's, and then read-only."""

    __abstract__ = True

    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    plugin: Mapped[str | None] = mapped_column(default=None)

    def scope(self) -> Scope:
        """Its owner."""
        if self.network_id is None:
            return Scope(site=True)
        return Scope(network_ids=frozenset({self.network_id}))


class Kit(Owned, Exportable, Addressed):
    """An ordered set of modules with unlock rules."""

    __tablename__ = "kit"
    __table_args__ = (UniqueConstraint("plugin", "key"),)

    key: Mapped[str]
    titles: Mapped[Texts]
    summaries: Mapped[Texts] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)

    modules: Mapped[list["KitModule"]] = relationship(back_populates="kit", order_by="KitModule.position")


class KitModule(Base):
    """A module's place in a kit."""

    __tablename__ = "kit_module"
    __table_args__ = (UniqueConstraint("kit_id", "module_id"),)

    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    position: Mapped[int]
    #: Ids of the modules to be completed before this one opens.
    after: Mapped[list[Any]] = mapped_column(default=list)

    kit: Mapped[Kit] = relationship(back_populates="modules")
    module: Mapped["Module"] = relationship()


class Module(Owned, Exportable, Addressed):
    """Lessons and quizzes under one title; what it says is in its versions."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("plugin", "key"),)

    key: Mapped[str]
    #: Titles as in the current version, or the draft where there is none yet: for lists and search.
    titles: Mapped[Texts]
    derived_from_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"))
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("module_version.id", use_alter=True, name="fk_module_current_version")
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)
    #: The bank of its owner's questions: a draft whose quizzes are folders, never published.
    bank: Mapped[bool] = mapped_column(default=False)

    current_version: Mapped["ModuleVersion | None"] = relationship(foreign_keys=[current_version_id], post_update=True)
    versions: Mapped[list["ModuleVersion"]] = relationship(
        back_populates="module", foreign_keys="ModuleVersion.module_id", order_by="ModuleVersion.number"
    )
    draft: Mapped["Draft | None"] = relationship(back_populates="module")


class VersionKind(StrEnum):
    """An edition moves when the learner chooses; a correction moves readers at once."""

    EDITION = "edition"
    CORRECTION = "correction"


class ModuleVersion(Base, Exportable):
    """What was published: never changed afterwards."""

    __tablename__ = "module_version"
    __table_args__ = (UniqueConstraint("module_id", "number"),)

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(String(10), default=VersionKind.EDITION)
    #: The version that opened this edition (itself, for an edition): what enrolments and completions name.
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("module_version.id"))
    #: module.json: titles, summaries, languages, sequence (the rule of completion).
    manifest: Mapped[dict[str, Any]]
    minutes: Mapped[int] = mapped_column(default=0)
    #: SHA-256 of the canonical tree: a sync publishes only what changed.
    content_hash: Mapped[str] = mapped_column(String(64))
    #: The canonical tree without media, as exported: {"lessons": {...}, "quizzes": {...}}. Large.
    tree: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    note: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    module: Mapped[Module] = relationship(back_populates="versions", foreign_keys=[module_id])
    lessons: Mapped[list["LessonVersion"]] = relationship(back_populates="version", order_by="LessonVersion.position")


class MediaFile(Base, Exportable):
    """A picture, recording or captions of a module: what is known of a stored file, which never changes."""

    __tablename__ = "media_file"
    __table_args__ = (UniqueConstraint("module_id", "name", "key"),)

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    #: In the media folder of the tree.
    name: Mapped[str]
    #: SHA-256 of the file in storage.
    key: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    content_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    #: Of a picture: [{"name", "key", "content_type", "width", "size"}].
    variants: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    module: Mapped[Module] = relationship()


class LessonVersion(Base):
    """A lesson of a version."""

    __tablename__ = "lesson_version"
    __table_args__ = (UniqueConstraint("module_version_id", "key"),)

    module_version_id: Mapped[int] = mapped_column(ForeignKey("module_version.id"))
    key: Mapped[str]
    position: Mapped[int]
    required: Mapped[bool] = mapped_column(default=True)
    minutes: Mapped[int]
    titles: Mapped[Texts]
    sources: Mapped[Texts] = mapped_column(default=dict)

    version: Mapped[ModuleVersion] = relationship(back_populates="lessons")
    texts: Mapped[list["LessonText"]] = relationship(back_populates="lesson")


class LessonText(Base):
    """A lesson rendered in one language: segments in order, each (block id, kind, title, sanitized HTML)."""

    __tablename__ = "lesson_text"
    __table_args__ = (UniqueConstraint("lesson_version_id", "language"),)

    lesson_version_id: Mapped[int] = mapped_column(ForeignKey("lesson_version.id"))
    language: Mapped[str] = mapped_column(String(2))
    segments: Mapped[list[Any]]
    #: Bytes of the rendered text: people pay for data.
    size: Mapped[int]
    renderer: Mapped[int]

    lesson: Mapped[LessonVersion] = relationship(back_populates="texts")


class Draft(Base):
    """What a trainer is changing. One a module."""

    __tablename__ = "draft"

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), unique=True)
    source_language: Mapped[str] = mapped_column(String(2), default="fa")
    #: Goes up with every save of anything in the draft.
    revision: Mapped[int] = mapped_column(default=1)
    #: The revision that the current version was published from.
    published_revision: Mapped[int | None] = mapped_column(default=None)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    module: Mapped[Module] = relationship(back_populates="draft")
    parts: Mapped[list["DraftPart"]] = relationship(
        back_populates="draft", order_by="DraftPart.position", cascade="all, delete-orphan"
    )

    @property
    def is_changed(self) -> bool:
        """Whether it was changed since it was published, or was never published."""
        return self.revision != self.published_revision


class PartKind(StrEnum):
    """What stands in a module's sequence; in a draft also its head, which holds the module's title and summary."""

    LESSON = "lesson"
    QUIZ = "quiz"
    HEAD = "head"


class DraftPart(Base, Addressed):
    """A lesson or quiz of a draft, in the module's one sequence; or the draft's head, before them."""

    __tablename__ = "draft_part"
    __table_args__ = (UniqueConstraint("draft_id", "key"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    kind: Mapped[PartKind] = mapped_column(String(6))
    key: Mapped[str]
    position: Mapped[int]
    required: Mapped[bool] = mapped_column(default=True)
    #: Lesson: {"minutes"}; quiz: {"pass_mark", "attempts", "shuffle", "show_key"}, and "before" of an entry quiz.
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Deleted, and can be restored.
    removed_at: Mapped[datetime | None] = mapped_column(default=None)

    draft: Mapped[Draft] = relationship(back_populates="parts")
    items: Mapped[list["DraftItem"]] = relationship(
        back_populates="part", order_by="(DraftItem.position, DraftItem.id)", cascade="all, delete-orphan"
    )

    def scope(self) -> Scope:
        """The module's."""
        return self.draft.module.scope()


class DraftItem(Base, Addressed):
    """What has a text a language: a block, a question, or (key "@title" and so on) a field of the part itself."""

    __tablename__ = "draft_item"
    __table_args__ = (UniqueConstraint("part_id", "key"),)

    part_id: Mapped[int] = mapped_column(ForeignKey("draft_part.id", ondelete="CASCADE"))
    key: Mapped[str]
    #: Block kind, question type, or name of the field.
    kind: Mapped[str]
    position: Mapped[int]
    #: Of a question: {"mark", "tags", "structure", "scoring"}; of a block: {"languages"} where it is not for all.
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Goes up with every save of a question, which is saved as a whole.
    revision: Mapped[int] = mapped_column(default=1)
    #: Of a question: when and by whom something of it was changed last; None: never since it was put in.
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    #: The file that it came in.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("question_import.id", ondelete="SET NULL"), index=True)
    #: The question of a bank that it was taken from, and its revision then.
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("draft_item.id", ondelete="SET NULL"), index=True)
    origin_revision: Mapped[int | None] = mapped_column(default=None)

    part: Mapped[DraftPart] = relationship(back_populates="items")
    texts: Mapped[list["DraftText"]] = relationship(back_populates="item", cascade="all, delete-orphan")

    def scope(self) -> Scope:
        """The module's."""
        return self.part.scope()


class DraftText(Base):
    """A block or question in one language. Behind its source (`based_on` < the source's `revision`): stale."""

    __tablename__ = "draft_text"
    __table_args__ = (UniqueConstraint("item_id", "language"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("draft_item.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    #: Block and field: {"text": "…"}; question: the language's part of docs/content-format.md.
    body: Mapped[dict[str, Any]]
    #: Whether the text is there, and whole.
    filled: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)
    based_on: Mapped[int | None] = mapped_column(default=None)
    #: The source's body when this text was last in step with it: kept from when the source moves on, to show how.
    basis: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    item: Mapped[DraftItem] = relationship(back_populates="texts")
