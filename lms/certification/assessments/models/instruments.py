"""Instruments: what organizations ask themselves. A plugin's; a version never changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import Addressed, Base, Exportable, Texts

#: The levels of an item.
LOWEST, HIGHEST = 1, 4


class Instrument(Base, Exportable, Addressed):
    """A set of items that an organization scores itself by."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("plugin", "key"),)

    plugin: Mapped[str]
    key: Mapped[str]
    #: Titles as in the newest version: for lists.
    titles: Mapped[Texts]
    #: Its plugin no longer brings it: no round begins with it any more.
    archived_at: Mapped[datetime | None] = mapped_column(default=None)

    versions: Mapped[list["InstrumentVersion"]] = relationship(
        back_populates="instrument", order_by="InstrumentVersion.number"
    )


class InstrumentVersion(Base, Exportable):
    """An instrument as it was brought: the file, in its canonical form."""

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("instrument_id", "number"),)

    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]

    instrument: Mapped[Instrument] = relationship(back_populates="versions")
