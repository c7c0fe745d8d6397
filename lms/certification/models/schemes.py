"""A network's certification rules."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Base, Exportable, Texts


class Scheme(Base, Exportable):
    """Certification rules: a network's own, or (no network) the default that a network starts from."""

    __tablename__ = "scheme"

    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), unique=True)
    names: Mapped[Texts]
    created_at: Mapped[datetime] = mapped_column(default=now)

    levels: Mapped[list["Level"]] = relationship(back_populates="scheme", order_by="Level.position")


class Level(Base, Exportable):
    """A level of a scheme."""

    __tablename__ = "level"
    __table_args__ = (UniqueConstraint("scheme_id", "position"),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    position: Mapped[int]
    names: Mapped[Texts]
    #: Months that an award is valid; None: without end.
    months_valid: Mapped[int | None] = mapped_column(default=None)
    #: Whether the rule awards as soon as it is met, or a network admin does.
    automatic: Mapped[bool] = mapped_column(default=False)

    scheme: Mapped[Scheme] = relationship(back_populates="levels")
    requirements: Mapped[list["Requirement"]] = relationship(back_populates="level", order_by="Requirement.position")


class Requirement(Base, Exportable):
    """One condition of a level: a type of the registry and what it needs to know."""

    __tablename__ = "requirement"
    __table_args__ = (UniqueConstraint("level_id", "position"),)

    level_id: Mapped[int] = mapped_column(ForeignKey("level.id"))
    position: Mapped[int]
    type: Mapped[str]
    parameters: Mapped[dict[str, Any]]

    level: Mapped[Level] = relationship(back_populates="requirements")
