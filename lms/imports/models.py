"""Sheets that are brought in whole: what stands in them becomes organizations, people, memberships and completions."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base
from lms.organizations.models import Network
from lms.quizzes.models import Source
from lms.security.actor import Scope


class ImportState(StrEnum):
    """Where an import stands."""

    MATCHING = "matching"
    """Its columns wait to be confirmed."""
    LOOKING = "looking"
    """The worker finds out what would become of each row."""
    READY = "ready"
    """Every row's fate can be looked at; nothing is written yet."""
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


WORKING = frozenset({ImportState.LOOKING, ImportState.RUNNING, ImportState.UNDOING})
"""The worker is at it."""


class Import(Base, Addressed):
    """One sheet of a network, from its upload to its end. It holds no names: those are in its files, until they go."""

    __tablename__ = "bulk_import"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    #: None: the operator, by the command.
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    file_name: Mapped[str] = mapped_column(default="")
    #: The sheet as it came; None once it is done, or a fortnight old.
    file_key: Mapped[str | None] = mapped_column(String(64), default=None)
    #: What becomes of each row, one a line, by fate (`lms.imports.bulk.preview`); None once it is a fortnight old.
    preview_key: Mapped[str | None] = mapped_column(String(64), default=None)
    #: For texts and people whose language the sheet does not tell.
    language: Mapped[str] = mapped_column(String(2))
    #: Its headers and first rows, to be shown beside what the columns hold; they go with the file.
    head: Mapped[list[Any]] = mapped_column(default=list)
    #: What each column holds, in the sheet's order; "" for what is left out.
    columns: Mapped[list[Any]] = mapped_column(default=list)
    #: What may be written of it: names of `lms.imports.bulk.columns.Kind`.
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    #: The calendar of its days: jalali, hijri, gregorian, or auto.
    calendar: Mapped[str] = mapped_column(String(10), default="auto")
    source: Mapped[Source] = mapped_column(String(15), default=Source.IMPORT)
    state: Mapped[ImportState] = mapped_column(String(8), default=ImportState.MATCHING)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    #: Rows by fate.
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Where the pages of each fate begin in the preview.
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Who a doubtful person is: "new" or a public id, by the key of the doubt.
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Whether doubtful people for whom nothing was chosen are new ones; else their rows are left out.
    doubtful_are_new: Mapped[bool] = mapped_column(default=False)
    #: A program brought it by the API: its good rows are written as soon as all are looked at.
    by_program: Mapped[bool] = mapped_column(default=False)
    #: What an undoing kept, by kind, and why.
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    network: Mapped[Network] = relationship()

    @property
    def is_at_work(self) -> bool:
        """Whether the worker is at it."""
        return self.state in WORKING

    def scope(self) -> Scope:
        """Its network's."""
        return Scope(network_ids=frozenset({self.network_id}))


class ImportBatch(Base):
    """Rows of an import that were written together, and what was made of them: what can be undone."""

    __tablename__ = "bulk_import_batch"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("bulk_import.id"))
    #: From 0, in the sheet's order.
    number: Mapped[int]
    #: Ids by kind: organizations, people; public ids of memberships, uids of completions; how many were changed.
    made: Mapped[dict[str, Any]] = mapped_column(default=dict)
    written_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class ImportMatching(Base):
    """What sheets with these headers hold, as a network, or an organization for its list of staff, said last."""

    __tablename__ = "bulk_import_matching"
    __table_args__ = (
        UniqueConstraint("network_id", "headers"),
        UniqueConstraint("organization_id", "headers"),
        CheckConstraint("(network_id IS NULL) <> (organization_id IS NULL)", name="one_owner"),
    )

    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    #: SHA-256 of the folded headers, in whatever order they stand.
    headers: Mapped[str] = mapped_column(String(64))
    #: What a column holds, by a hash of its folded header: what stands there may be somebody's name.
    columns: Mapped[dict[str, str]]


def uids(texts: list[str]) -> list[uuid.UUID]:
    """The uids that a batch keeps as texts."""
    return [uuid.UUID(text) for text in texts]
