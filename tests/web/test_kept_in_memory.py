"""What is kept in memory of what browsers send: nothing that a stranger makes large."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.datastructures import MultiDict

from lms.forms import ChoiceField, Form, Options
from lms.kept import Kept
from lms.security.cookies import LONGEST as LONGEST_COOKIE
from lms.security.cookies import CookieSessions
from lms.security.tokens import LONGEST, FormTokens
from tests.page import PageClient

GARBAGE = "!" * 20_000
"""Whoever checks a signature passes over what is no letter of its alphabet."""


def test_a_token_with_garbage_behind_it_is_not_kept(app: Flask) -> None:
    tokens = app.extensions["csrf"]
    assert isinstance(tokens, FormTokens)
    client = PageClient(app)
    token = client.token()
    tokens.signed.clear()
    assert client.http.post("/en/sign-in", headers={"X-CSRFToken": token + GARBAGE}).status_code == 422, "it is valid"
    assert not [kept for kept in tokens.signed.values() if len(kept) > LONGEST]


def test_a_cookie_with_garbage_behind_it_is_not_kept(app: Flask) -> None:
    sessions = app.session_interface
    assert isinstance(sessions, CookieSessions)
    assert isinstance(sessions, SecureCookieSessionInterface)
    client, name = PageClient(app), sessions.get_cookie_name(app)
    token, cookie = client.token(), client.http.get_cookie(name)
    assert cookie is not None
    sessions.opened.clear()
    for value in (cookie.value, cookie.value + GARBAGE):
        headers = {"Cookie": f"{name}={value}", "X-CSRFToken": token}
        answer = app.test_client(use_cookies=False).post("/en/sign-in", headers=headers)
        assert answer.status_code == 422, "its session is known"
    assert [len(kept) <= LONGEST_COOKIE for kept in sessions.opened] == [True]


class Chosen(Form):
    which = ChoiceField("Which")

    def __init__(self, sent: str) -> None:
        super().__init__(MultiDict({"which": sent}))
        self.which.choices = [("", "All"), ("a", "<A>")]


def test_a_select_is_written_once_for_each_choice_and_not_for_what_is_none(app: Flask) -> None:
    Options.written = Kept(500)
    with app.test_request_context("/en/"):
        one, usual, again, *wrong = (str(Chosen(sent).which()) for sent in ("a", "", "a", GARBAGE, GARBAGE + "!"))
    assert '<option value="">All</option><option value="a" selected>&lt;A&gt;</option>' in one
    assert '<option value="" selected>' in usual
    assert again == one
    assert wrong == [usual.replace(" selected", "")] * 2
    assert len(Options.written) == 3
