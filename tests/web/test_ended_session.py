"""A form that is sent after the session has ended is not lost: the page that says so can send it again."""

import html
import re

import pytest
from flask import Flask

from lms.accounts.passwords import hash_password
from lms.accounts.sessions import COOKIE
from lms.db import db
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient

PASSWORD = "rain stone and sea"
TYPED = {"display_name": "Sara Rahimi", "about": 'first "line"\n<second> line'}


def hidden_fields(page: str) -> dict[str, str]:
    """What the page would send."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_sent_can_be_sent_again(app: Flask, language: str) -> None:
    person = make_person()
    browser = PageClient(app).sign_in(person)
    browser.http.delete_cookie(COOKIE)
    page = browser.post(f"/{language}/account", TYPED, 401).text
    assert f'href="/{language}/sign-in"' in page
    fields = hidden_fields(page)
    assert {name: fields[name] for name in TYPED} == TYPED
    browser.sign_in(person)
    browser.post(f"/{language}/account", {name: fields[name] for name in fields}, 303)
    assert f'value="{TYPED["display_name"]}"' in browser.get(f"/{language}/account").text


def test_a_password_and_a_file_are_not_carried(app: Flask) -> None:
    browser = PageClient(app)
    page = browser.post("/en/account", {"display_name": "Sara", "present": "secret words"}, 401).text
    assert "secret words" not in page
    assert list(hidden_fields(page)) == []
    assert "go one page back" in page


def test_somebody_else_does_not_send_it_in_her_name(app: Flask) -> None:
    people = [make_person(sign_in_name=name, password_hash=hash_password(PASSWORD)) for name in ("sara", "maryam")]
    browser = PageClient(app)

    def send_after(name: str, status: int) -> None:
        """Somebody sends a form after Sara's session has ended, and signs in to send it again."""
        browser.post("/en/sign-in", {"name": "sara", "password": PASSWORD})
        browser.http.delete_cookie(COOKIE)
        sent = hidden_fields(browser.post("/en/account", TYPED, 401).text)
        browser.post("/en/sign-in", {"name": name, "password": PASSWORD})
        browser.post("/en/account", {**sent}, status)
        browser.http.delete_cookie(COOKIE)

    send_after("maryam", 400)
    send_after("sara", 303)
    db.session.expire_all()
    assert [person.display_name == TYPED["display_name"] for person in people] == [True, False]
