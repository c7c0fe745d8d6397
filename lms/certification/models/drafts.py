"""A scheme as an admin is typing it: kept until she saves or discards it, and read by nobody else."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class SchemeDraft(Base):
    """What somebody has typed into the editor of a network's scheme, whole or not."""

    __tablename__ = "scheme_draft"
    __table_args__ = (UniqueConstraint("network_id", "person_id"),)

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Number of the revision that it began from; 0: there was none.
    base: Mapped[int]
    typed: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
