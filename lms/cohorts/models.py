"""A trainer's groups: people who learn modules together, from day to day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.clock import now
from lms.db import Addressed, Base, Exportable, Texts
from lms.training.models import Module, Owned


class Cohort(Owned, Exportable, Addressed):
    """A group with its days: the site's, or a network's."""

    __tablename__ = "cohort"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),)

    names: Mapped[Texts]
    starts_on: Mapped[date]
    #: Its last day; None: until further notice.
    ends_on: Mapped[date | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)

    modules: Mapped[list["CohortModule"]] = relationship(back_populates="cohort", order_by="CohortModule.position")


class CohortModule(Base, Exportable):
    """A module that a cohort learns; its quizzes are open to it on these days."""

    __tablename__ = "cohort_module"
    __table_args__ = (
        UniqueConstraint("cohort_id", "module_id"),
        CheckConstraint("opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on", name="dates"),
    )

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    opens_on: Mapped[date | None] = mapped_column(default=None)
    closes_on: Mapped[date | None] = mapped_column(default=None)

    cohort: Mapped[Cohort] = relationship(back_populates="modules")
    module: Mapped[Module] = relationship()


class CohortMember(Base, Exportable):
    """A person in a cohort; who left stays known, so that she can come back."""

    __tablename__ = "cohort_member"
    __table_args__ = (UniqueConstraint("cohort_id", "person_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    left_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
