"""Where organizations stand, kept for pages that only tell of it."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class KeptStanding(Base):
    """An organization's level in work in a network, as found on `day`. Derived: no verdict reads it, `lms check`
    counts it again, and whatever moves a standing keeps it anew in the same transaction."""

    __tablename__ = "kept_standing"
    __table_args__ = (UniqueConstraint("organization_id", "network_id"),)

    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    day: Mapped[date]
    #: {"position": …, "names": {…}}
    level: Mapped[dict[str, Any]]
    met: Mapped[int]
    total: Mapped[int]
    #: Requirements that are not met: {"type", "parameters", "missing": ids of persons, "titles"}.
    open: Mapped[list[Any]]
    #: Ids of the levels whose certificates are at risk, or would be once they are no longer suspended.
    at_risk: Mapped[list[Any]] = mapped_column(default=list)
