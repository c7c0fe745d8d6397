"""What is kept of browsers' sessions in memory: nothing that a stranger makes large."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

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
