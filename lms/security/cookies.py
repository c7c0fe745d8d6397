"""Flask's own cookie (flashes, the forms' protection): its signer is made once, its signature checked once an hour."""

import time

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from jinja2.utils import LRUCache

HOUR = 3600
MOST_KEPT, LONGEST = 4096, 4096
"""Cookies kept, and the letters of one: browsers keep no longer ones, and garbage behind it would be passed over."""


class CookieSessions(SecureCookieSessionInterface):
    """Flask's, but for what it does anew for each request: to make a signer from a secret that never changes, and to
    check a cookie that it has just checked. A cookie that grows too old is seen to be so within the hour.
    """

    signer: URLSafeTimedSerializer | None = None

    def __init__(self) -> None:
        #: What a cookie holds, and when that was found to be signed by us.
        self.opened: LRUCache = LRUCache(MOST_KEPT)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The app's signer; one object of this class serves one app."""
        if self.signer is None:
            self.signer = super().get_signing_serializer(app)
        return self.signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the request's cookie holds."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        held, since = self.opened.get(cookie) or ("", 0.0)
        if held and time.monotonic() - since < HOUR:
            return self.session_class(self.serializer.loads(held))
        session = super().open_session(app, request)
        if session and len(cookie) <= LONGEST:
            self.opened[cookie] = self.serializer.dumps(dict(session)), time.monotonic()
        return session
