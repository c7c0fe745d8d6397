"""One deed of a person at a time, where two would store the same row."""

from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db


def lock_person(person_id: int) -> None:
    """Let nobody else store what is hers until this transaction ends: who comes second finds what the first stored."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
