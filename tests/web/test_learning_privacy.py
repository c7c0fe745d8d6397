"""What a person learned stands in her download."""

from flask import Flask
from sqlalchemy import select

from lms.accounts.privacy import exported
from lms.clock import now
from lms.db import db, write_unit
from lms.progress.services import complete_lesson, enrol
from lms.training.models import Module
from tests.factories import make_person


def test_the_download_holds_what_she_learned(app: Flask) -> None:
    person = make_person()
    module = db.session.scalars(select(Module).where(Module.key == "what-networking-is")).one()
    with write_unit():
        complete_lesson(enrol(person.id, module, now()), "origin", "fa", now())
    (learned,) = exported(person)["learning"]
    assert learned["lessons_read"] == ["origin"]
    assert learned["completed_at"] is None
