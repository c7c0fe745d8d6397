"""The second factor: asked for, set up, given up."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask

from lms.accounts.codes import code_hash
from lms.accounts.models import Person, RecoveryCode
from lms.accounts.passwords import hash_password
from lms.accounts.totp import keep_secret, new_secret, secret_of
from lms.clock import now
from lms.db import db, write_unit
from lms.security.actor import Role
from tests.conftest import LANGUAGES
from tests.events import events_by
from tests.factories import add, grant, make_network, make_person
from tests.page import PageClient

PASSWORD = "گل سرخ ۱۴۰۵"


@pytest.fixture
def strict(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that is no demonstration."""
    monkeypatch.setitem(app.extensions, "lms_settings", replace(app.extensions["lms_settings"], demo=False))


def person_with_app(**values: object) -> Person:
    person = make_person(totp_confirmed_at=now(), password_hash=hash_password(PASSWORD), **values)
    with write_unit():
        keep_secret(person, new_secret())
    return person


def code_of(person: Person) -> str:
    return pyotp.TOTP(key_of(person)).at(now())


def key_of(person: Person) -> str:
    key = secret_of(person)
    assert key
    return key


def make_admin() -> Person:
    return grant(make_person(password_hash=hash_password(PASSWORD)), Role.NETWORK_ADMIN, network=make_network())


def test_the_code_is_asked_for_after_the_password(client: PageClient) -> None:
    person = person_with_app()
    client.post("/fa/sign-in", {"name": person.sign_in_name, "password": PASSWORD})
    asked = client.get("/fa/account/security", status=303)
    assert asked.headers["Location"] == "/fa/second-factor?next=/fa/account/security"
    page = client.follow(asked).text
    assert person.display_name not in page
    went_on = client.post(asked.headers["Location"], {"code": code_of(person)})
    assert went_on.headers["Location"] == "/fa/account/security"
    client.follow(went_on)


def test_persian_digits_will_do(client: PageClient) -> None:
    person = person_with_app()
    typed = code_of(person).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    client.sign_in(person).post("/fa/second-factor", {"code": f" {typed[:3]} {typed[3:]}\u200e"})
    client.get("/fa/")


def test_a_code_works_once(client: PageClient) -> None:
    person = person_with_app()
    code = code_of(person)
    client.sign_in(person).post("/fa/second-factor", {"code": code})
    again = PageClient(client.app).sign_in(person)
    again.post("/fa/second-factor", {"code": code}, status=422)
    again.get("/fa/", status=303)
    with time_machine.travel(now() + timedelta(seconds=31)):
        again.post("/fa/second-factor", {"code": code_of(person)})
        again.get("/fa/")


def test_an_earlier_code_does_not_work_after_a_later_one(client: PageClient) -> None:
    person = person_with_app()
    early = code_of(person)
    with time_machine.travel(now() + timedelta(seconds=30)):
        client.sign_in(person).post("/fa/second-factor", {"code": code_of(person)})
        PageClient(client.app).sign_in(person).post("/fa/second-factor", {"code": early}, status=422)


@pytest.mark.parametrize("code", ["", "000", "abcdef", "\u202e", "'; --", "۱" * 10_000])
def test_a_wrong_code_lets_nobody_in(client: PageClient, code: str) -> None:
    client.sign_in(person_with_app()).post("/fa/second-factor", {"code": code}, status=422)
    client.get("/fa/", status=303)


def test_guessing_codes_has_to_wait(client: PageClient) -> None:
    person = person_with_app()
    client.sign_in(person)
    for status in (422, 422, 422, 422, 422, 429):
        client.post("/fa/second-factor", {"code": "12"}, status)
    client.post("/fa/second-factor", {"code": code_of(person)}, 429)


def test_without_the_code_nothing_can_be_sent_either(client: PageClient) -> None:
    person = person_with_app()
    client.sign_in(person).post("/fa/account/password", status=401)
    client.post("/fa/second-factor/begin")
    db.session.refresh(person)
    assert person.totp_confirmed_at is not None
    client.post("/fa/second-factor/set-up", {"code": "1"}, status=422)
    client.post("/fa/sign-out")


@pytest.mark.usefixtures("strict")
def test_an_admin_without_an_app_is_led_to_set_it_up(client: PageClient) -> None:
    person = make_admin()
    client.post("/ar/sign-in", {"name": person.sign_in_name, "password": PASSWORD})
    asked = client.get("/ar/account/security", status=303)
    setup = client.get(asked.headers["Location"], status=303)
    assert "svg" in client.follow(setup).text
    begun = client.post(f"/ar/second-factor/begin{setup.headers['Location'].partition('set-up')[2]}")
    db.session.refresh(person)
    page = client.follow(begun).text
    assert key_of(person) in page.replace(" ", "")
    client.get("/ar/", status=303)
    done = client.post(begun.headers["Location"], {"code": code_of(person)}, status=200)
    assert len(re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", done.text)) == 8
    assert 'href="/ar/account/security"' in done.text
    assert done.headers["Cache-Control"] == "no-store"
    client.get("/ar/account/security")


@pytest.mark.usefixtures("strict")
def test_an_unconfirmed_key_lets_no_admin_in(client: PageClient) -> None:
    person = make_admin()
    client.sign_in(person).post("/fa/second-factor/begin")
    db.session.refresh(person)
    client.post("/fa/second-factor", {"code": code_of(person)}, status=422)
    client.get("/fa/", status=303)


@pytest.mark.usefixtures("strict")
def test_learners_need_none(client: PageClient) -> None:
    client.sign_in(make_person()).get("/fa/")


def test_a_printed_code_lets_in_once(client: PageClient) -> None:
    person = make_person(password_hash=hash_password(PASSWORD))
    client.sign_in(person).post("/fa/second-factor/begin")
    db.session.refresh(person)
    page = client.post("/fa/second-factor/set-up", {"code": code_of(person)}, status=200).text
    printed = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", page)[0]
    stored = db.session.query(RecoveryCode).all()
    assert printed not in {row.code_hash for row in stored}
    other = PageClient(client.app).sign_in(person)
    other.get("/fa/", status=303)
    other.post("/fa/second-factor", {"code": printed.lower().replace("-", " ")})
    other.get("/fa/")
    PageClient(client.app).sign_in(person).post("/fa/second-factor", {"code": printed}, status=422)
    assert events_by(person) == ["second_factor_enabled", "recovery_code_used"]


def test_a_printed_code_of_another_person_is_worth_nothing(client: PageClient) -> None:
    mine, hers = person_with_app(), person_with_app()
    add(RecoveryCode(person_id=hers.id, code_hash=code_hash("AAAA-BBBB-CCCC-DDDD")))
    client.sign_in(mine).post("/fa/second-factor", {"code": "AAAA-BBBB-CCCC-DDDD"}, status=422)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_given_up_with_password_and_code(client: PageClient, language: str) -> None:
    person = person_with_app()
    client.sign_in(person).post(f"/{language}/second-factor", {"code": code_of(person)})
    path = f"/{language}/account/second-factor/end"
    client.get(path)
    with time_machine.travel(now() + timedelta(seconds=31)):
        client.post(path, {"present": "wrong", "code": code_of(person)}, status=422)
        client.post(path, {"present": PASSWORD, "code": "000"}, status=422)
        client.post(path, {"present": PASSWORD, "code": code_of(person)})
    db.session.refresh(person)
    assert person.totp_secret is None
    assert person.totp_confirmed_at is None
    client.get(f"/{language}/account/security")


def test_the_key_is_sealed_where_it_is_stored(client: PageClient) -> None:
    person = make_person()
    client.sign_in(person).post("/fa/second-factor/begin")
    db.session.refresh(person)
    assert person.totp_secret
    assert key_of(person) not in person.totp_secret
    thief = make_person(totp_secret=person.totp_secret)
    assert secret_of(thief) is None, "moved to another row it opens nothing"


def test_with_another_secret_of_the_installation_only_paper_helps(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = person_with_app()
    code = code_of(person)
    add(RecoveryCode(person_id=person.id, code_hash=code_hash("AAAA-BBBB-CCCC-DDDD")))
    settings = replace(client.app.extensions["lms_settings"], secret_key="another")
    monkeypatch.setitem(client.app.extensions, "lms_settings", settings)
    client.sign_in(person).post("/fa/second-factor", {"code": code}, status=422)
    client.post("/fa/second-factor", {"code": "AAAA-BBBB-CCCC-DDDD"})
    client.get("/fa/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_codes_for_paper_replace_the_earlier_ones(client: PageClient, language: str) -> None:
    person = person_with_app()
    add(RecoveryCode(person_id=person.id, code_hash=code_hash("AAAA-BBBB-CCCC-DDDD")))
    path = f"/{language}/account/second-factor/codes"
    client.sign_in(person).post(f"/{language}/second-factor", {"code": code_of(person)})
    assert path in client.get(f"/{language}/account/security").text
    client.get(path)
    client.post(path, {"code": "000000"}, status=422)
    with time_machine.travel(now() + timedelta(seconds=31)):
        done = client.post(path, {"code": code_of(person)}, status=200)
    printed = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", done.text)
    assert len(printed) == 8
    assert done.headers["Cache-Control"] == "no-store"
    other = PageClient(client.app).sign_in(person)
    other.post("/fa/second-factor", {"code": "AAAA-BBBB-CCCC-DDDD"}, status=422)
    other.post("/fa/second-factor", {"code": printed[0]})
    assert "7 of your printed codes are left" in other.get("/en/account/security").text
    assert events_by(person) == ["recovery_codes_made", "recovery_code_used"]


def test_without_a_second_factor_there_are_no_codes_for_paper(client: PageClient) -> None:
    person = make_person()
    path = "/en/account/second-factor/codes"
    client.sign_in(person).get(path, status=303)
    client.post(path, {"code": "123456"}, status=422)
    assert not db.session.query(RecoveryCode).all()


@pytest.mark.usefixtures("strict")
def test_reviewers_need_one_like_admins(client: PageClient) -> None:
    reviewer = grant(make_person(password_hash=hash_password(PASSWORD)), Role.REVIEWER, network=make_network())
    client.post("/en/sign-in", {"name": reviewer.sign_in_name, "password": PASSWORD})
    assert "/second-factor" in client.get("/en/evidence-reviews", status=303).headers["Location"]
