"""What restoring a backup asks of people: who was erased since stays erased, and their apps' codes go on to work."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.services import erase_person
from lms.accounts.totp import renew_seal, secret_of
from lms.backup.erasures import eraser
from lms.backup.resealing import resealer
from lms.batches import batched
from lms.checks import register_check
from lms.clock import now
from lms.db import db, write_unit

BATCH = 500


@eraser
def erase_by_uid(uid: UUID) -> None:
    """Erase the person, if she is known and not erased yet, in a write unit of its own."""
    person = db.session.scalars(select(Person).where(Person.uid == uid)).one_or_none()
    if person is None or person.erased_at is not None:
        return
    with write_unit():
        erase_person(person, now())


@register_check("second factors")
def keys_that_check_no_code() -> Iterator[str]:
    """Keys of apps that are sealed with another secret."""
    with_app = select(Person).where(Person.totp_secret.is_not(None))
    for person in db.session.scalars(with_app, execution_options={"yield_per": BATCH}):
        if secret_of(person) is None:
            yield f"person {person.public_id}: her app's key cannot be opened with this SECRET_KEY"


@resealer
def seal_second_factors_again() -> None:
    """With the secret of this installation."""
    ids = db.session.scalars(select(Person.id).where(Person.totp_secret.is_not(None)).order_by(Person.id)).all()
    for some in batched(ids, BATCH):
        with write_unit() as session:
            for person in session.scalars(select(Person).where(Person.id.in_(some))):
                renew_seal(person)
