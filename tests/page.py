"""The page client: every page that any test visits is checked."""

import re
from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from lms.accounts.models import Person
from lms.accounts.sessions import COOKIE, open_session
from lms.clock import now
from lms.db import db, write_unit

XHTML = "{http://www.w3.org/1999/xhtml}"
checked = True
"""Whether pages are checked: once is enough, whatever number of databases the tests run on."""
OUTSIDE = re.compile(r'(?:src|href|action)="(?:https?:)?//(?!localhost|127\.0\.0\.1)')


class PageClient:
    """Flask's test client, stricter: a page must be valid HTML with a language, a direction, a title and one h1."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http = app.test_client()

    def sign_in(self, person: Person) -> "PageClient":
        """Go on as `person`, as if she had signed in."""
        with write_unit():
            _session, token = open_session(person, agent="Test", keep=False, now=now())
        self.http.set_cookie(COOKIE, token)
        return self

    def get(self, path: str, status: int = 200, **options: Any) -> TestResponse:
        """Visit a page, expecting `status`."""
        return self._visit("GET", path, status, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 303, **options: Any) -> TestResponse:
        """Send a form, its protection token included, expecting `status`."""
        fields = {"csrf_token": self.token(), **(data or {})}
        return self._visit("POST", path, status, data=fields, **options)

    def post_body(self, path: str, status: int, **options: Any) -> TestResponse:
        """Send a body as it is, expecting `status`."""
        return self._visit("POST", path, status, headers={"X-CSRFToken": self.token()}, **options)

    def put(self, path: str, status: int = 200, **options: Any) -> TestResponse:
        """Send what a script sends, its protection token included, expecting `status`."""
        return self._visit("PUT", path, status, headers={"X-CSRFToken": self.token()}, **options)

    def follow(self, response: TestResponse, status: int = 200) -> TestResponse:
        """Go where a redirect leads."""
        return self.get(response.headers["Location"], status)

    def token(self) -> str:
        """A token against forgery for this browser's session."""
        from flask_wtf.csrf import generate_csrf

        # A context of its own: a token is kept in `g`, and browsers do not share theirs.
        with self.http.session_transaction() as session, self.app.app_context(), self.app.test_request_context():
            from flask import session as inner

            inner.update(session)
            token: str = generate_csrf()
            session.update(inner)
        return token

    def _visit(self, method: str, path: str, status: int, **options: Any) -> TestResponse:
        # A context of its own: a request within the test's context would share its `g`.
        with self.app.app_context():
            response = self.http.open(path, method=method, **options)
            response.get_data()
            response.close()
        db.session.rollback()
        assert response.status_code == status, f"{response.status_code}: {response.get_data(as_text=True)[:3000]}"
        if checked and response.mimetype == "text/html" and status != 204 and not 300 <= status < 400:
            check_page(response.get_data(as_text=True))
        return response


def check_page(html: str) -> None:
    """Raise AssertionError where a page breaks a rule that every page keeps."""
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(html)
    errors = [(place, code) for place, code, _data in parser.errors]
    assert not errors, f"invalid HTML: {errors[:3]} near {_near(html, errors)}"
    assert document.get("lang") in ("fa", "ar", "en")
    assert document.get("dir") == ("ltr" if document.get("lang") == "en" else "rtl")
    title = "".join(document.find(f".//{XHTML}title").itertext()).split("·")[0]
    assert title.strip(), "no title"
    assert len(document.findall(f".//{XHTML}h1")) == 1, "a page has one h1"
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not [e for e in document.iter() if e.get("style") is not None], "inline style"
    handlers = [e.tag for e in document.iter() for name in e.attrib if isinstance(name, str) and name.startswith("on")]
    assert not handlers, "inline script"
    assert not OUTSIDE.search(html), f"an outside address: {OUTSIDE.search(html)}"


def _near(html: str, errors: list[Any]) -> str:
    if not errors:
        return ""
    line = errors[0][0][0]
    return "\n".join(html.splitlines()[max(0, line - 2) : line + 1])[:500]
