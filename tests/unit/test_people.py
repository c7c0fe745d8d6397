"""Making accounts."""

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.accounts.services import create_person
from lms.clock import now
from lms.db import db, write_unit
from lms.errors import DomainError
from lms.events.models import EventRow


def create(display_name: str = "مریم رستمی", sign_in_name: str = "") -> Person:
    with write_unit():
        return create_person(display_name=display_name, sign_in_name=sign_in_name, now=now())


def test_an_account_gets_a_name_that_is_free(app: Flask) -> None:
    names = {create().sign_in_key for _ in range(5)}
    assert len(names) == 5
    assert all(name and name.startswith("مریم") for name in names)


def test_two_spellings_are_one_name(app: Flask) -> None:
    create(sign_in_name="علی‌رضا ۱۲")
    with pytest.raises(DomainError) as refused:
        create(sign_in_name="عليرضا12")
    assert refused.value.field == "sign_in_name"


def test_direction_marks_do_not_enter_a_name(app: Flask) -> None:
    person = create(display_name="\u202eمریم\u202c  رستمی\u200f", sign_in_name="\u2066maryam\u2069")
    assert (person.display_name, person.sign_in_name) == ("مریم رستمی", "maryam")


@pytest.mark.parametrize("name", ["", "\u200e\u200f", "م" * 121])
def test_a_name_that_cannot_be_shown_is_refused(app: Flask, name: str) -> None:
    with pytest.raises(DomainError) as refused:
        create(display_name=name)
    assert refused.value.field == "display_name"


def test_the_event_names_nobody(app: Flask) -> None:
    person = create()
    row = db.session.query(EventRow).filter_by(name="account_created").one()
    assert row.payload == {"person_id": person.id}
