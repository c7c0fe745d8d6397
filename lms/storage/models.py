"""What is noted of stored files: since when one is needed by nothing."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lms.db import Base


class UnneededFile(Base):
    """A stored file that no row named when it was looked for: deleted when that has been so for long."""

    __tablename__ = "unneeded_file"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime] = mapped_column(index=True)
