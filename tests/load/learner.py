"""A signed-in learner by plain HTTP: she starts, answers and submits, and notes what the server acknowledged."""

import gzip
import http.client
import json
import re
import uuid
from dataclasses import dataclass, field
from http.client import HTTPMessage
from random import Random
from urllib.parse import urlencode

from lms.accounts.sessions import COOKIE

FORM = "application/x-www-form-urlencoded"
_FIELD = re.compile(r'<input[^>]*\bname="(q\d+)\.answer"[^>]*>')
_HIDDEN = re.compile(r'<input type="hidden" name="(client|q\d+\.was)" value="([^"]*)">')
_VALUE = re.compile(r'\bvalue="([^"]*)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Refused(Exception):
    """The server answered something else than what was asked for."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


@dataclass
class Acknowledged:
    """What the server said that it has of an attempt."""

    attempt: str
    #: What was given to each position, with the receipt of the last.
    answers: dict[int, list[str]] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    submitted: bool = False


class Learner:
    """One browser, on one connection that is kept."""

    def __init__(self, port: int, token: str, quiz: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {COOKIE: token}
        self.csrf = ""
        self.quiz = f"/en/quizzes/{quiz}/"
        self.client = uuid.uuid4().hex
        self.sequences: dict[int, int] = {}
        self.fields: dict[int, list[str]] = {}
        self.hidden: dict[str, str] = {}
        self.known: list[Acknowledged] = []

    @property
    def attempt(self) -> str:
        """The address of the attempt under way."""
        return f"/en/attempts/{self.known[-1].attempt}/"

    def call(
        self, method: str, path: str, body: str = "", kind: str = FORM, status: int = 200
    ) -> tuple[HTTPMessage, str]:
        """One request; gives headers and body. Raises Refused, or OSError and HTTPException where the server ended."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Accept-Encoding": "gzip", "X-CSRFToken": self.csrf}
        headers |= {"Content-Type": kind} if method != "GET" else {}
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        if response.status != status:
            raise Refused(response.status, f"{method} {path} answered {response.status}: {content[:200]!r}")
        for value in response.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.headers, content.decode()

    def arrive(self) -> None:
        """Open the quiz's page, whose forms carry a token."""
        self.take_token(self.call("GET", self.quiz)[1])

    def take_token(self, page: str) -> None:
        """Keep what protects the page's forms."""
        found = _TOKEN.search(page)
        assert found, page[:500]
        self.csrf = found[1]

    def start(self) -> None:
        """Start an attempt, or go on with the one under way."""
        headers, _page = self.call("POST", f"{self.quiz}attempts", urlencode({"csrf_token": self.csrf}), status=303)
        attempt = headers["Location"].rstrip("/").rpartition("/")[2]
        if not self.known or self.known[-1].attempt != attempt:
            self.known.append(Acknowledged(attempt))

    def open(self) -> str:
        """The attempt's page; keeps its fields."""
        page = self.call("GET", self.attempt)[1]
        self.fields = {}
        for found in _FIELD.finditer(page):
            value = _VALUE.search(found[0])
            # Only what is chosen has a type. What is typed is a number: short answers take it too.
            choices = [value[1]] if value and ' type="' in found[0] else [str(n) for n in range(10)]
            self.fields.setdefault(int(found[1][1:]), []).extend(choices)
        self.hidden = dict(_HIDDEN.findall(page))
        return page

    def choose(self, position: int, order: Random) -> list[str]:
        """Something that the question's fields can hold."""
        return [order.choice(self.fields[position])]

    def answer(self, position: int, given: list[str]) -> None:
        """Save one answer as the page's script does, and note the receipt."""
        self.sequences[position] = self.sequences.get(position, 0) + 1
        receipt = self.send(position, given)
        known = self.known[-1]
        known.answers[position], known.receipts[position] = given, receipt

    def send(self, position: int, given: list[str]) -> str:
        """The request of `answer`, with the key that it had last; gives what the receipt says."""
        key = {"client": f"{self.client}-{position}"[-36:], "sequence": self.sequences[position]}
        body = json.dumps({"given": {"answer": given}, **key})
        _headers, text = self.call("PUT", f"{self.attempt}responses/{position}", body, "application/json")
        return str(json.loads(text)["saved_at"])

    def save_page(self, order: Random) -> None:
        """Save all answers as the page's form does without its script."""
        given = {position: self.choose(position, order) for position in self.fields}
        fields = [("csrf_token", self.csrf), *self.hidden.items(), ("action", "save")]
        fields += [(f"q{position}.answer", value) for position, values in given.items() for value in values]
        self.call("POST", self.attempt, urlencode(fields), status=303)
        self.known[-1].answers |= given

    def submit(self) -> None:
        """Submit, and note that it was acknowledged."""
        self.call("POST", f"{self.attempt}submit", urlencode({"csrf_token": self.csrf}), status=303)
        self.known[-1].submitted = True

    def result(self) -> None:
        """What it is worth."""
        self.call("GET", f"{self.attempt}result")
