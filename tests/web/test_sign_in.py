"""Signing in and out."""

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms.accounts.models import Throttle, UserSession
from lms.accounts.passwords import hash_password
from lms.accounts.sessions import COOKIE
from lms.db import db
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient

PASSWORD = "گل سرخ ۱۴۰۵"


def sign_in(client: PageClient, name: str, password: str = PASSWORD, status: int = 303) -> TestResponse:
    return client.post("/fa/sign-in", {"name": name, "password": password}, status)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_to_do(client: PageClient, language: str) -> None:
    assert "<form" in client.get(f"/{language}/sign-in").text


@pytest.mark.parametrize("typed", ["مریم۴۲", "مريم 42", "مریم٤٢", "\u202bمریم۴۲\u202c", "مَریم‌۴۲"])
def test_a_name_is_known_from_any_keyboard(client: PageClient, typed: str) -> None:
    make_person(sign_in_name="مریم۴۲", password_hash=hash_password(PASSWORD))
    response = sign_in(client, typed)
    assert response.headers["Location"] == "/fa/"
    client.follow(response)


def test_a_password_is_known_in_any_digits(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    sign_in(client, "sara", "گل سرخ 1405")


def test_a_verified_mail_address_signs_in(client: PageClient) -> None:
    make_person(email_key="sara@example.org", password_hash=hash_password(PASSWORD))
    sign_in(client, " Sara@\u200eExample.org ")


def test_the_cookie_is_for_this_site_only_and_ends_with_the_browser(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    cookie = next(c for c in sign_in(client, "sara").headers.getlist("Set-Cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "Secure" not in cookie


def test_staying_signed_in_keeps_the_cookie(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    response = client.post("/fa/sign-in", {"name": "sara", "password": PASSWORD, "keep": "y"})
    assert any(c.startswith(COOKIE) and "Max-Age=5184000" in c for c in response.headers.getlist("Set-Cookie"))


def test_over_https_the_cookie_is_secure(client: PageClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    secure = replace(app.extensions["lms_settings"], base_url="https://localhost")
    monkeypatch.setitem(app.extensions, "lms_settings", secure)
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    cookies = sign_in(client, "sara").headers.getlist("Set-Cookie")
    assert any(c.startswith(COOKIE) and "Secure" in c for c in cookies)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/fa/modules/x?a=b", "/fa/modules/x?a=b"),
        ("//evil.example", "/fa/"),
        ("https://evil.example/", "/fa/"),
        ("/\\evil.example", "/fa/"),
        ("/\t/evil.example", "/fa/"),
        ("javascript:alert(1)", "/fa/"),
        ("", "/fa/"),
    ],
)
def test_next_leads_within_this_site_only(client: PageClient, wanted: str, given: str) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    response = client.post("/fa/sign-in", {"name": "sara", "password": PASSWORD}, query_string={"next": wanted})
    assert response.headers["Location"] == given


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    wrong = sign_in(client, "sara", "no such thing", 422).text.replace("sara", "")
    unknown = sign_in(client, "nobody", "no such thing", 422).text.replace("nobody", "")
    without = [text.split('name="csrf_token"')[0] for text in (wrong, unknown)]
    assert without[0] == without[1]


def test_what_was_typed_is_kept_but_not_the_password(client: PageClient) -> None:
    page = sign_in(client, "سارا ۱۲", "a-wrong-password", 422).text
    assert "سارا ۱۲" in page
    assert "a-wrong-password" not in page


def test_a_person_without_a_password_does_not_sign_in(client: PageClient) -> None:
    make_person(sign_in_name="roster")
    sign_in(client, "roster", "", 422)
    sign_in(client, "roster", "anything at all", 422)


def test_a_password_of_ten_kilobytes_is_refused(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    sign_in(client, "sara", "ا" * 10_000, 422)


def test_too_many_tries_have_to_wait_and_are_told_how_long(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    for _ in range(5):
        sign_in(client, "sara", "wrong one", 422)
    response = sign_in(client, "Sara", PASSWORD, 429)
    assert int(response.headers["Retry-After"]) > 0
    assert "کمتر از یک دقیقه" in response.text


def test_another_name_need_not_wait(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    for _ in range(6):
        client.post("/fa/sign-in", {"name": "nobody", "password": "wrong one"}, status=422 if _ < 5 else 429)
    sign_in(client, "sara")


def test_waits_hold_neither_name_nor_address(client: PageClient) -> None:
    sign_in(client, "sara", "wrong one", 422)
    rows = db.session.query(Throttle).all()
    assert len(rows) == 2
    assert all(len(row.key) == 64 for row in rows)


def test_signing_out_ends_the_session(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    sign_in(client, "sara")
    token = client.http.get_cookie(COOKIE)
    assert token is not None
    assert "data-sign-out" in client.get("/fa/").text
    client.post("/fa/sign-out")
    client.get("/fa/", status=303)
    client.http.set_cookie(COOKIE, token.value)
    client.get("/fa/", status=303)


def test_signing_in_again_ends_the_session_before(client: PageClient) -> None:
    make_person(sign_in_name="sara", password_hash=hash_password(PASSWORD))
    sign_in(client, "sara")
    sign_in(client, "sara")
    assert [session.revoked_at is None for session in db.session.query(UserSession).order_by("id")] == [False, True]


def test_who_is_signed_in_does_not_see_the_page_again(client: PageClient) -> None:
    response = client.sign_in(make_person()).get("/ar/sign-in", status=303)
    assert response.headers["Location"] == "/ar/"
