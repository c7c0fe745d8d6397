"""The learner's pages, against the floor of the same server and database."""

import http.client
import re
import tempfile
import urllib.parse
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measure import Subject, expect, interleaved
from benchmarks.ratios import Limit, floor_server, over
from tests.browser.server import Server, running

ROUNDS, REQUESTS = 9, 120
LIMITS = (Limit("lesson", "floor page", 2.0), Limit("home", "floor page", 2.5))


class Session:
    """A signed-in learner, by plain HTTP."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def call(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """One request with the cookies so far; gives status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urllib.parse.urlencode(form) if form is not None else None
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for value in response.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        connection.close()
        return response.status, dict(response.headers), text

    @property
    def cookie(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def post(self, path: str, page: str, **form: str) -> str:
        """Send the form of a page; gives where it leads."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        status, headers, text = self.call("POST", path, {"csrf_token": token[1], **form})
        assert status == 303, (path, status, text[:500])
        return headers["Location"]


def subjects(floor: Server, ours: Server) -> list[Subject]:
    """The requests to be measured."""
    assert floor.process
    assert ours.process
    session = Session(ours.port)
    _status, _headers, page = session.call("GET", "/fa/sign-in")
    session.post("/fa/sign-in", page, name="learner", password="tashbik-demo")
    _status, _headers, home = session.call("GET", "/fa/")
    module = re.search(r"/fa/m/[a-z0-9]+/", home)
    assert module
    lesson = session.post(f"{module[0]}start", home)
    headers = {"Cookie": session.cookie, "Accept-Encoding": "gzip"}

    def get(path: str, connection: http.client.HTTPConnection) -> None:
        expect(connection, "GET", path, None, headers)

    return [
        Subject("floor page", floor.process.pid, floor.port, lambda c: get("/page", c)),
        Subject("lesson", ours.process.pid, ours.port, lambda c: get(lesson, c)),
        Subject("home", ours.process.pid, ours.port, lambda c: get("/fa/", c)),
    ]


def main() -> int:
    """Measure, print, and tell (by exit code) whether every ratio is within its limit."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(folder / "ours", "--demo"))
        measured = subjects(stack.enter_context(floor_server(folder)), server)
        interleaved(measured, rounds=ROUNDS, requests=REQUESTS)
    return int(bool(over(LIMITS, {subject.name: subject.milliseconds for subject in measured})))
