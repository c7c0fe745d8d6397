"""What the reports keep: counters, views that people saved, and what is made regularly."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.clock import now
from lms.db import Addressed, Base, Exportable
from lms.organizations.models import Network
from lms.reports.counters.models import COUNTER, SHARED_PERSON
from lms.reports.schedules.models import ReportReceiver, ReportRun, ReportSchedule
from lms.security.actor import Scope

__all__ = ["COUNTER", "SHARED_PERSON", "ReportReceiver", "ReportRun", "ReportSchedule", "ReportView"]

LONGEST_VIEW_NAME = 80


class ReportView(Base, Exportable, Addressed):
    """A person's own view of a network's completion report: filters, order and columns under a name."""

    __tablename__ = "report_view"
    __table_args__ = (Index("uq_report_view_name", "person_id", "network_id", "name", unique=True),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_VIEW_NAME))
    #: The address' arguments, encoded as in an address.
    arguments: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    network: Mapped[Network] = relationship()

    def scope(self) -> Scope:
        """Its person's own."""
        return Scope(person_id=self.person_id)
