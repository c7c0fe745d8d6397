"""Changing the name that one signs in with."""

import pytest

from lms.accounts.models import Person
from lms.accounts.passwords import hash_password
from lms.db import db
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import make_person
from tests.page import PageClient

PASSWORD = "گل سرخ ۱۴۰۵"
PAGE = "account/sign-in-name"


@pytest.fixture
def person(client: PageClient) -> Person:
    """Somebody with a password, signed in on `client`."""
    person = make_person(sign_in_name="مریم ۱۲", password_hash=hash_password(PASSWORD))
    client.sign_in(person)
    return person


def form(name: str, password: str = PASSWORD) -> dict[str, str]:
    return {"sign_in_name": name, "present": password}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_name_signs_in_and_the_old_one_does_not(client: PageClient, person: Person, language: str) -> None:
    elsewhere = PageClient(client.app).sign_in(person)
    assert f"/{language}/{PAGE}" in client.get(f"/{language}/account").text
    assert f"/{language}/{PAGE}" in client.get(f"/{language}/account/security").text
    assert "مریم ۱۲" in client.get(f"/{language}/{PAGE}").text
    done = client.post(f"/{language}/{PAGE}", form(" مهتاب\u202e ۷ "))
    assert "مهتاب ۷" in client.follow(done).text
    elsewhere.get("/fa/")
    guest = PageClient(client.app)
    guest.post("/fa/sign-in", {"name": "مريم 12", "password": PASSWORD}, status=422)
    guest.post("/fa/sign-in", {"name": "مهتاب7", "password": PASSWORD})
    assert events_by(person) == ["sign_in_name_changed"]


def test_the_password_is_asked(client: PageClient, person: Person) -> None:
    client.post(f"/fa/{PAGE}", form("مهتاب", "wrong"), status=422)
    page = client.post(f"/fa/{PAGE}", form("مهتاب", ""), status=422).text
    assert 'value="مهتاب"' in page, "what was typed is kept"
    for _try in range(4):
        client.post(f"/fa/{PAGE}", form("مهتاب", "wrong"), status=422)
    client.post(f"/fa/{PAGE}", form("مهتاب"), status=429)
    db.session.refresh(person)
    assert person.sign_in_name == "مریم ۱۲"


@pytest.mark.parametrize("taken", ["زهرا ۵", "زهرا5", "زَهرا ٥", "ز\u0640هرا۵"])
def test_anothers_name_is_refused_however_it_is_spelled(client: PageClient, person: Person, taken: str) -> None:
    make_person(sign_in_name="زهرا ۵")
    page = client.post(f"/en/{PAGE}", form(taken), status=422).text
    assert "This sign-in name is taken" in page
    db.session.refresh(person)
    assert person.sign_in_name == "مریم ۱۲"


def test_ones_own_name_may_be_spelled_anew(client: PageClient, person: Person) -> None:
    client.post(f"/en/{PAGE}", form("مریم12"))
    db.session.refresh(person)
    assert (person.sign_in_name, person.sign_in_key) == ("مریم12", "مریم12")


@pytest.mark.parametrize("name", ["", "a", "a@b.org", "ز" * 1000, "\u200e\u200f"])
def test_what_is_no_name_is_refused(client: PageClient, person: Person, name: str) -> None:
    client.post(f"/en/{PAGE}", form(name), status=422)
    db.session.refresh(person)
    assert person.sign_in_name == "مریم ۱۲"
