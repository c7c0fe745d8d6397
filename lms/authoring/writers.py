"""Who wrote what the studio shows."""

from collections.abc import Iterable

from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people by id."""
    people = db.session.scalars(select(Person).where(Person.id.in_({one for one in ids if one})))
    return {person.id: person.display_name for person in people}
