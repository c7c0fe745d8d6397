"""The learner's pages and saving an answer, against the floor of the same server and database."""

import http.client
import json
import re
import subprocess
import sys
import tempfile
import urllib.parse
from contextlib import ExitStack
from pathlib import Path

from benchmarks.measure import Subject, expect, interleaved
from tests.browser.server import ROOT, running
from tests.postgres import free_port

ROUNDS, REQUESTS = 9, 120
#: Name of a subject, what it is measured against, and the most that it may cost.
LIMITS = (("lesson", "floor page", 2.0), ("home", "floor page", 2.5), ("save an answer", "floor insert", 2.0))


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


def subjects(floor: tuple[int, int], ours: tuple[int, int]) -> list[Subject]:
    """The requests to be measured; each pair is process id and port."""
    session = Session(ours[1])
    _status, _headers, page = session.call("GET", "/fa/sign-in")
    session.post("/fa/sign-in", page, name="learner", password="tashbik-demo")
    _status, _headers, home = session.call("GET", "/fa/")
    module = re.search(r"/fa/m/[a-z0-9]+/", home)
    assert module
    lesson = session.post(f"{module[0]}start", home)
    _status, _headers, overview = session.call("GET", module[0])
    quiz = re.search(r"/fa/quizzes/[a-z0-9]+/", overview)
    assert quiz
    _status, _headers, entrance = session.call("GET", quiz[0])
    action = re.search(r'action="(/fa/quizzes/[^"]+)"', entrance)
    assert action
    attempt = session.post(action[1], entrance).rstrip("/")
    _status, _headers, questions = session.call("GET", f"{attempt}/")
    saving = _saver(session, attempt, questions)
    headers = {"Cookie": session.cookie, "Accept-Encoding": "gzip"}

    def get(path: str, connection: http.client.HTTPConnection) -> None:
        expect(connection, "GET", path, None, headers)

    return [
        Subject("floor page", *floor, lambda c: get("/page", c)),
        Subject("lesson", *ours, lambda c: get(lesson, c)),
        Subject("home", *ours, lambda c: get("/fa/", c)),
        Subject(
            "floor insert", *floor, lambda c: expect_ok(c, "PUT", "/save", "{}", {"Content-Type": "application/json"})
        ),
        Subject("save an answer", *ours, saving),
    ]


def expect_ok(
    connection: http.client.HTTPConnection, method: str, path: str, body: str, headers: dict[str, str]
) -> None:
    """`expect`, without its answer."""
    expect(connection, method, path, body, headers)


def _saver(session: Session, attempt: str, page: str) -> "_Saver":
    token = re.search(r'data-token="([^"]+)"', page) or re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    option = re.search(r'type="radio" name="q(\d+)\.answer" value="([a-z]+)"', page)
    assert token
    assert option
    return _Saver(f"{attempt}/responses/{option[1]}", option[2], session.cookie, token[1])


class _Saver:
    """Saves the answer to one question again and again, each time with a new key."""

    def __init__(self, path: str, option: str, cookie: str, token: str) -> None:
        self.path, self.option = path, option
        self.headers = {"Cookie": cookie, "X-CSRFToken": token, "Content-Type": "application/json"}
        self.sequence = 0

    def __call__(self, connection: http.client.HTTPConnection) -> None:
        self.sequence += 1
        body = {"given": {"answer": [self.option]}, "client": "benchmark", "sequence": self.sequence}
        expect(connection, "PUT", self.path, json.dumps(body), self.headers)


def main() -> int:
    """Measure, print, and tell (by exit code) whether every ratio is within its limit."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(folder / "ours", "--demo"))
        assert server.process
        floor_port = free_port()
        (folder / "floor").mkdir()
        floor = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.floor"],
            env={"LMS_DATA": str(folder / "floor"), "PORT": str(floor_port), "PYTHONPATH": str(ROOT)},
        )
        stack.callback(floor.wait)
        stack.callback(floor.kill)
        wait_for_floor(floor_port)
        measured = subjects((floor.pid, floor_port), (server.process.pid, server.port))
        interleaved(measured, rounds=ROUNDS, requests=REQUESTS)
    return report({subject.name: subject.milliseconds for subject in measured})


def wait_for_floor(port: int) -> None:
    import time

    for _ in range(1200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/page")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the floor did not start")


def report(spent: dict[str, float]) -> int:
    """Print the ratios; 1 where one is over its limit."""
    over = 0
    for name, floor, limit in LIMITS:
        ratio = spent[name] / spent[floor]
        over += ratio > limit
        verdict = "ok" if ratio <= limit else "OVER"
        print(
            f"{name:<16} {spent[name]:6.2f} ms  {floor:<13} {spent[floor]:6.2f} ms  {ratio:4.2f} of {limit}  {verdict}"
        )
    return int(bool(over))
