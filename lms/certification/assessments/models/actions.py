"""What an organization does about what it found."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.accounts.models import Person
from lms.certification.assessments.models.rounds import Round
from lms.db import Addressed, Base, Exportable
from lms.security.actor import Scope


class ActionState(StrEnum):
    """What became of an intention."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Action(Base, Exportable, Addressed):
    """A line of the plan that follows from a round."""

    __tablename__ = "assessment_action"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),
        CheckConstraint("text <> ''", name="says_something"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    #: Area of the instrument.
    area: Mapped[str] = mapped_column(String(80))
    text: Mapped[str]
    #: Who sees to it.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[ActionState] = mapped_column(String(8), default=ActionState.OPEN)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]

    round: Mapped[Round] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    def scope(self) -> Scope:
        """The organization's."""
        return self.round.scope()
