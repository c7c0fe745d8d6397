"""Forgotten passwords: by a manager's code, by a mailed link."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from lms.accounts.models import OneTimeCode, Person
from lms.accounts.passwords import hash_password, password_matches
from lms.accounts.reset_mail import KIND, mail_reset_link
from lms.accounts.services import make_reset_code, may_make_reset_code
from lms.clock import now, today
from lms.db import db, write_unit
from lms.errors import NotAllowed
from lms.jobs.models import Job
from lms.organizations.models import Organization
from lms.organizations.queries import actor_of
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient

OLD, NEW = "گل سرخ ۱۴۰۵", "سه واژهٔ تازه"


@pytest.fixture
def organization(app: Flask) -> Organization:
    """An organization."""
    return make_organization(make_network())


@pytest.fixture
def manager(organization: Organization) -> Person:
    """Its manager."""
    return grant(make_member(organization), Role.MANAGER, organization=organization)


@pytest.fixture
def mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that sends mail (nothing is sent: no worker runs)."""
    settings = replace(
        app.extensions["lms_settings"],
        smtp_url="smtp://127.0.0.1:1",
        mail_from="learn@example.org",
        base_url="https://learn.example.org",
    )
    monkeypatch.setitem(app.extensions, "lms_settings", settings)


def member(organization: Organization, **values: object) -> Person:
    return make_member(organization, make_person(password_hash=hash_password(OLD), **values))


def code_for(person: Person, manager: Person) -> str:
    acting = actor_of(manager.id)
    with write_unit():
        return make_reset_code(person, acting, now())


def links() -> list[str]:
    """What the mails of this test lead to, after the job that looks for the person has run."""
    for job in db.session.query(Job).filter_by(kind=KIND).all():
        mail_reset_link(job.arguments)
    return [job.arguments["values"]["link"] for job in db.session.query(Job).filter_by(kind="mail")]


def knows(person: Person, password: str) -> bool:
    db.session.refresh(person)
    return password_matches(person.password_hash, password)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("mail")
def test_pages_stand_in_three_languages(client: PageClient, language: str) -> None:
    assert "<form" in client.get(f"/{language}/forgotten").text
    assert "<form" in client.get(f"/{language}/reset-code").text
    client.get(f"/{language}/reset/nothing", status=404)
    client.post(f"/{language}/reset/nothing", {"password": NEW}, status=404)


def test_without_mail_only_the_code_is_offered(client: PageClient) -> None:
    assert 'name="email"' not in client.get("/fa/forgotten").text


def test_a_code_sets_a_password_and_ends_sessions(
    client: PageClient, organization: Organization, manager: Person
) -> None:
    person = member(organization, sign_in_name="سارا۱۲")
    signed_in = PageClient(client.app).sign_in(person)
    code = code_for(person, manager)
    typed = f" {code.lower().replace('-', ' ')}\u200f"
    done = client.post("/fa/reset-code", {"name": "سارا12", "code": typed, "password": NEW})
    assert done.headers["Location"] == "/fa/sign-in"
    assert knows(person, NEW)
    signed_in.get("/fa/", status=303)
    assert events_by(person) == ["password_reset"]
    assert events_by(manager) == ["reset_code_made"]


def test_a_code_works_once(client: PageClient, organization: Organization, manager: Person) -> None:
    person = member(organization)
    form = {"name": person.sign_in_name, "code": code_for(person, manager), "password": NEW}
    client.post("/fa/reset-code", form)
    client.post("/fa/reset-code", {**form, "password": "یک گذرواژهٔ دیگر"}, status=422)
    assert knows(person, NEW)


def test_a_code_works_for_an_hour(client: PageClient, organization: Organization, manager: Person) -> None:
    person = member(organization)
    form = {"name": person.sign_in_name, "code": code_for(person, manager), "password": NEW}
    with time_machine.travel(now() + timedelta(minutes=61)):
        client.post("/fa/reset-code", form, status=422)
    assert knows(person, OLD)


def test_a_newer_code_replaces_the_earlier(client: PageClient, organization: Organization, manager: Person) -> None:
    person = member(organization)
    first, second = code_for(person, manager), code_for(person, manager)
    client.post("/fa/reset-code", {"name": person.sign_in_name, "code": first, "password": NEW}, status=422)
    client.post("/fa/reset-code", {"name": person.sign_in_name, "code": second, "password": NEW})


def test_a_code_is_for_its_person_only(client: PageClient, organization: Organization, manager: Person) -> None:
    person, other = member(organization), member(organization)
    form = {"name": other.sign_in_name, "code": code_for(person, manager), "password": NEW}
    client.post("/fa/reset-code", form, status=422)
    assert knows(other, OLD)


def test_a_weak_password_leaves_the_code_as_it_was(
    client: PageClient, organization: Organization, manager: Person
) -> None:
    person = member(organization)
    form = {"name": person.sign_in_name, "code": code_for(person, manager)}
    client.post("/fa/reset-code", {**form, "password": "12345678"}, status=422)
    client.post("/fa/reset-code", {**form, "password": NEW})


def test_guessing_codes_has_to_wait(client: PageClient, organization: Organization, manager: Person) -> None:
    person = member(organization)
    code = code_for(person, manager)
    for status in (422, 422, 422, 422, 422, 429):
        client.post("/fa/reset-code", {"name": person.sign_in_name, "code": "AAAA", "password": NEW}, status)
    client.post("/fa/reset-code", {"name": person.sign_in_name, "code": code, "password": NEW}, 429)


def test_codes_are_not_stored(organization: Organization, manager: Person) -> None:
    code = code_for(member(organization), manager)
    stored = db.session.query(OneTimeCode).one().code_hash
    assert code.replace("-", "") not in stored
    assert len(stored) == 64


def test_a_manager_resets_only_who_is_wholly_in_the_organization(organization: Organization, manager: Person) -> None:
    other = make_organization(make_network())
    acting = actor_of(manager.id)

    def allowed(person: Person) -> bool:
        return may_make_reset_code(person, acting, today())

    assert allowed(member(organization))
    assert not allowed(manager)
    assert not allowed(make_person())
    assert not allowed(member(other))
    assert not allowed(make_member(other, member(organization)))
    assert not allowed(make_member(other, member(organization), confirmed_at=None))
    assert not allowed(make_member(organization, make_person(), confirmed_at=None))
    assert not allowed(grant(member(organization), Role.OPERATOR))
    assert not allowed(grant(member(organization), Role.TRAINER))
    assert not allowed(grant(member(organization), Role.NETWORK_ADMIN, network=make_network()))
    assert not allowed(grant(member(organization), Role.MANAGER, organization=other))
    assert allowed(grant(member(organization), Role.MANAGER, organization=organization))
    assert allowed(make_member(other, member(organization), ends_on=today() - timedelta(days=1)))
    assert not may_make_reset_code(member(organization), actor_of(member(organization).id), today())


def test_a_code_that_may_not_be_made_is_refused(organization: Organization, manager: Person) -> None:
    with pytest.raises(NotAllowed):
        code_for(make_person(), manager)


@pytest.mark.usefixtures("mail")
def test_a_link_sets_a_password_once(client: PageClient) -> None:
    person = make_person(email="sara@example.org", email_key="sara@example.org", password_hash=hash_password(OLD))
    client.post("/ar/forgotten", {"email": " Sara@Example.ORG\u200e"}, status=200)
    (link,) = links()
    assert link.startswith("https://learn.example.org/fa/reset/")
    path = link.removeprefix("https://learn.example.org")
    for _ in range(2):
        client.get(path)
    client.post(path, {"password": "12345678"}, status=422)
    client.post(path, {"password": NEW})
    assert knows(person, NEW)
    client.get(path, status=404)
    client.post(path, {"password": OLD}, status=404)
    assert events_by(person) == ["password_reset"]


@pytest.mark.usefixtures("mail")
def test_the_person_is_told(client: PageClient, organization: Organization, manager: Person) -> None:
    for values in ({"email": "sara@example.org", "email_key": "sara@example.org"}, {"email": "reza@example.org"}):
        person = member(organization, **values)
        code = code_for(person, manager)
        client.post("/fa/reset-code", {"name": person.sign_in_name, "code": code, "password": NEW})
    told = [job.arguments for job in db.session.query(Job).filter_by(kind="mail")]
    assert [mail["to"] for mail in told] == ["sara@example.org"]
    assert told[0]["template"] == "password_set"


@pytest.mark.usefixtures("mail")
def test_the_answer_is_the_same_for_an_address_of_nobody(client: PageClient) -> None:
    make_person(email="sara@example.org", email_key="sara@example.org")
    make_person(email="reza@example.org")
    pages = [
        client.post("/fa/forgotten", {"email": address}, status=200).text.replace(address, "").split("<main")[1]
        for address in ("sara@example.org", "reza@example.org", "nobody@example.org", "person1")
    ]
    assert len(set(pages)) == 1
    assert len(links()) == 1


@pytest.mark.usefixtures("mail")
def test_links_are_not_mailed_without_end(client: PageClient) -> None:
    make_person(email="sara@example.org", email_key="sara@example.org")
    for _ in range(6):
        client.post("/fa/forgotten", {"email": "sara@example.org"}, status=200)
    assert db.session.query(Job).filter_by(kind=KIND).count() == 2


@pytest.mark.usefixtures("mail")
def test_a_managers_code_is_no_link(client: PageClient, organization: Organization, manager: Person) -> None:
    code = code_for(member(organization), manager)
    client.get(f"/fa/reset/{code.replace('-', '')}", status=404)
