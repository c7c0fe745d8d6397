"""The page about security: passwords and sessions."""

from datetime import timedelta

import pytest
import time_machine

from lms.accounts.models import Person, UserSession
from lms.accounts.passwords import hash_password, password_matches
from lms.clock import now
from lms.db import db
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import make_person
from tests.page import PageClient
from tests.queries import counted_statements

PASSWORD = "گل سرخ ۱۴۰۵"


def another_client(client: PageClient, person: Person) -> PageClient:
    return PageClient(client.app).sign_in(person)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["account/security", "account/password", "welcome", "second-factor/set-up"])
def test_pages_stand_in_three_languages(client: PageClient, language: str, page: str) -> None:
    client.sign_in(make_person()).get(f"/{language}/{page}")


def test_the_page_lists_where_one_is_signed_in(client: PageClient) -> None:
    person = make_person()
    another_client(client, person)
    page = client.sign_in(person).get("/en/account/security").text
    assert page.count('class="req"') == 2
    assert page.count("this device") == 1


def test_the_page_costs_the_same_for_many_devices(client: PageClient) -> None:
    person = make_person()
    client.sign_in(person)
    costs = []
    for _ in range(2):
        with counted_statements() as seen:
            client.get("/fa/account/security")
        costs.append(len(seen))
        for _device in range(4):
            another_client(client, person)
    assert costs[0] == costs[1]


def test_one_device_can_be_signed_out(client: PageClient) -> None:
    person = make_person()
    other = another_client(client, person)
    session = db.session.query(UserSession).one()
    client.sign_in(person).post(f"/fa/account/sessions/{session.public_id}/end")
    other.get("/fa/", status=303)
    client.get("/fa/")


def test_nobody_ends_the_session_of_another(client: PageClient) -> None:
    other = another_client(client, make_person())
    session = db.session.query(UserSession).one()
    client.sign_in(make_person()).post(f"/fa/account/sessions/{session.public_id}/end", status=404)
    other.get("/fa/")


def test_signing_out_everywhere_ends_every_session(client: PageClient) -> None:
    person = make_person()
    other = another_client(client, person)
    stranger = another_client(client, make_person())
    client.sign_in(person).post("/fa/account/sign-out-everywhere")
    client.get("/fa/", status=303)
    other.get("/fa/", status=303)
    stranger.get("/fa/")
    assert events_by(person) == ["signed_out_everywhere"]


def test_another_password_ends_other_sessions(client: PageClient) -> None:
    person = make_person(password_hash=hash_password(PASSWORD))
    other = another_client(client, person)
    client.sign_in(person)
    client.post("/fa/account/password", {"present": "گل سرخ 1405", "password": "سه واژهٔ تازه"})
    client.get("/fa/")
    other.get("/fa/", status=303)
    db.session.expire_all()
    assert password_matches(person.password_hash, "سه واژهٔ تازه")
    assert events_by(person) == ["password_changed"]


@pytest.mark.parametrize(
    ("present", "new", "status"),
    [
        ("wrong", "سه واژهٔ تازه", 422),
        (PASSWORD, "کوتاه", 422),
        (PASSWORD, "", 422),
        (PASSWORD, "x" * 10_000, 422),
        ("x" * 10_000, "سه واژهٔ تازه", 422),
    ],
)
def test_a_password_is_changed_by_its_owner_only(client: PageClient, present: str, new: str, status: int) -> None:
    person = make_person(password_hash=hash_password(PASSWORD))
    client.sign_in(person).post("/fa/account/password", {"present": present, "password": new}, status)
    db.session.expire_all()
    assert password_matches(person.password_hash, PASSWORD)


def test_guessing_the_present_password_has_to_wait(client: PageClient) -> None:
    client.sign_in(make_person(password_hash=hash_password(PASSWORD)))
    for status in (422, 422, 422, 422, 422, 429):
        client.post("/fa/account/password", {"present": "wrong", "password": "سه واژهٔ تازه"}, status)


def test_a_session_is_noted_as_used_once_an_hour(client: PageClient) -> None:
    person = make_person(language="fa")
    client.sign_in(person)
    session = db.session.query(UserSession).one()
    first = session.seen_at
    client.post("/fa/account/password", status=422)
    db.session.refresh(session)
    assert session.seen_at == first
    with time_machine.travel(now() + timedelta(hours=2)):
        client.get("/fa/")
        db.session.refresh(session)
        assert session.seen_at == first
        client.post("/fa/account/password", status=422)
    db.session.refresh(session)
    assert session.seen_at - first > timedelta(hours=1)


def test_sessions_end_by_themselves(client: PageClient) -> None:
    client.sign_in(make_person())
    with time_machine.travel(now() + timedelta(hours=13)):
        client.get("/fa/", status=303)


def test_the_language_that_one_reads_is_remembered(client: PageClient) -> None:
    person = make_person(language="fa")
    client.sign_in(person).get("/ar/")
    assert client.get("/", status=302).headers["Location"] == "/ar/"
    client.post("/ar/account/password", status=422)
    db.session.refresh(person)
    assert person.language == "ar"


def test_a_language_that_the_browser_asks_for_needs_no_cookie(client: PageClient) -> None:
    response = client.get("/ar/sign-in", headers={"Accept-Language": "ar"})
    assert "tashbik_language" not in str(response.headers.getlist("Set-Cookie"))
