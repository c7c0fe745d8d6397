"""Erasing again who was erased after a backup was made, once that backup is restored."""

from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.services import erase_person
from lms.backup.erasures import eraser
from lms.clock import now
from lms.db import db, write_unit


@eraser
def erase_by_uid(uid: UUID) -> None:
    """Erase the person, if she is known and not erased yet, in a write unit of its own."""
    person = db.session.scalars(select(Person).where(Person.uid == uid)).one_or_none()
    if person is None or person.erased_at is not None:
        return
    with write_unit():
        erase_person(person, now())
