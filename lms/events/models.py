"""The event log: what happened, in the transaction in which it happened."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, Table, insert, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Exportable


def _of_those_that_have(name: str) -> Index:
    """An index that most events write nothing to: each page that a commit writes costs as much as several rows."""
    known = text(f"{name} IS NOT NULL")
    return Index(f"ix_event_{name}", name, sqlite_where=known, postgresql_where=known)


class EventRow(Base, Exportable):
    """One event, as emitted: the audit trail, and what leaves as a webhook or a statement."""

    __tablename__ = "event"
    __table_args__ = (
        _of_those_that_have("organization_id"),
        _of_those_that_have("network_id"),
    )

    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    occurred_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    payload: Mapped[dict[str, Any]]


INSERT = insert(cast(Table, EventRow.__table__)).inline()
