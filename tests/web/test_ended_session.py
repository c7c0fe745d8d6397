"""A form that is sent after the session has ended is not lost: the page that says so can send it again."""

import html
import re

import pytest
from flask import Flask

from lms.accounts.sessions import COOKIE
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient

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
