"""Who signs a network's certificates."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base, Exportable, Texts


class Signatory(Base, Exportable):
    """Whose name and role stand on the certificates that a network issues from a day on, until the next such row.

    Without a name: nobody's.
    """

    __tablename__ = "signatory"
    __table_args__ = (UniqueConstraint("network_id", "starts_on"),)

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    starts_on: Mapped[date]
    names: Mapped[Texts] = mapped_column(default=dict)
    roles: Mapped[Texts] = mapped_column(default=dict)
