"""The event log: what happened, in the transaction in which it happened."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, Table, insert
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Exportable


class EventRow(Base, Exportable):
    """One event, as emitted: the audit trail, and what leaves as a webhook or a statement."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_name", "name", "id"),)

    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    occurred_at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    payload: Mapped[dict[str, Any]]


INSERT = insert(cast(Table, EventRow.__table__)).inline()
