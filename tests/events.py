"""What the event log says."""

from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.events.models import EventRow


def events_by(person: Person) -> list[str]:
    """Names of the events that a person caused, in their order."""
    query = select(EventRow.name).where(EventRow.actor_id == person.id).order_by(EventRow.id)
    return list(db.session.scalars(query))
