"""Nothing that was acknowledged is lost, however the server ends."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from lms.accounts.models import Person
from lms.accounts.sessions import COOKIE, open_session
from lms.clock import now
from lms.db import db, write_unit
from lms.quizzes.models import Attempt, AttemptState, Response
from lms.quizzes.queries import questions_of
from lms.settings import Settings
from tests.browser.server import ROOT
from tests.factories import make_person
from tests.postgres import free_port
from tests.quizzes import begin, make_quiz

SERVE = """
from lms import create_app
from lms.settings import read_settings
from waitress import serve
settings = read_settings()
serve(create_app(settings), host="127.0.0.1", port=settings.port, threads=4)
"""


class Killable:
    """A server process on the test's own database, and one signed-in browser."""

    def __init__(self, settings: Settings, token: str) -> None:
        self.port = free_port()
        self.cookies = f"{COOKIE}={token}"
        self.csrf = ""
        self.environment = {
            **os.environ,
            "LMS_DATA": str(settings.data),
            "DATABASE_URL": settings.database_url,
            "SECRET_KEY": settings.secret_key,
            "PORT": str(self.port),
            "LMS_PLUGINS": "",
        }

    def call(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """One request; raises OSError or HTTPException where the server ended before it answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Cookie": self.cookies, "X-CSRFToken": self.csrf, "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            for value in response.headers.get_all("Set-Cookie") or ():
                self.cookies += f"; {value.partition(';')[0]}"
            return response.status, response.read().decode()
        finally:
            connection.close()

    def save(self, address: str, sequence: int) -> str:
        """Save an answer to the last question; gives what the receipt says."""
        body = {"given": {"answer": [str(sequence)]}, "client": "kill", "sequence": sequence}
        status, text = self.call("PUT", f"{address}responses/5", body)
        assert status == 200, text
        return str(json.loads(text)["saved_at"])

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve inside the block, and end with it as a power cut would."""
        with subprocess.Popen(
            [sys.executable, "-c", SERVE], env=self.environment, cwd=ROOT, stderr=subprocess.DEVNULL
        ) as process:
            try:
                self.wait()
                yield
            finally:
                process.kill()

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                self.call("GET", "/healthz")
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def open_page(self, path: str) -> None:
        """Get a page and its token against forgery."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.call("GET", path)[1])
        assert found
        self.csrf = found[1]


@pytest.fixture
def attempt(app: object) -> Attempt:
    return begin(make_quiz(), make_person(language="en"), language="en")


@pytest.fixture
def server(settings: Settings, attempt: Attempt) -> Killable:
    with write_unit():
        person = db.session.get_one(Person, attempt.person_id)
        _session, token = open_session(person, agent="Test", keep=True, now=now())
    db.session.remove()
    return Killable(settings, token)


def answer_until_dead(server: Killable, address: str, acknowledged: dict[int, str]) -> None:
    """Save one answer after the other, and note those for which there was a receipt."""
    for sequence in range(1, 5000):
        try:
            acknowledged[sequence] = server.save(address, sequence)
        except (OSError, http.client.HTTPException):
            return


def test_a_receipt_outlives_the_server(server: Killable, attempt: Attempt) -> None:
    address = f"/en/attempts/{attempt.public_id}/"
    acknowledged: dict[int, str] = {}
    with server.running():
        server.open_page(address)
        client = threading.Thread(target=answer_until_dead, args=(server, address, acknowledged))
        client.start()
        time.sleep(0.5)
    client.join()
    assert acknowledged
    with server.running():
        for sequence, saved_at in list(acknowledged.items())[-5:]:
            assert server.save(address, sequence) == saved_at, "the same receipt for the same key"
        acknowledged[9999] = server.save(address, 9999)
        submitting = threading.Thread(target=submit_and_bear, args=(server, f"{address}submit"))
        submitting.start()
        time.sleep(0.01)
    submitting.join()
    with server.running():
        assert server.call("POST", f"{address}submit", {})[0] == 303
    db.session.remove()
    closed = db.session.get_one(Attempt, attempt.id)
    assert closed.state == AttemptState.GRADED
    assert questions_of(closed)[4].answer == {"text": "9999", "number": "9999"}
    received = set(db.session.scalars(select(Response.sequence).where(Response.attempt_id == attempt.id)))
    assert received >= acknowledged.keys()


def submit_and_bear(server: Killable, path: str) -> None:
    """Submit to a server that is about to end."""
    try:
        server.call("POST", path, {})
    except (OSError, http.client.HTTPException):
        return
