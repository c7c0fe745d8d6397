"""The statistics of 100,000 attempts: what counting one costs, and what their page costs against the floor."""

import http.client
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from json import dumps
from pathlib import Path
from random import Random

from benchmarks.measure import Subject, expect, interleaved
from benchmarks.pages import Session
from benchmarks.ratios import floor_server
from lms import create_app
from lms.clock import now
from lms.db import db, write_unit
from lms.quizzes.models import QuizQuestion, QuizVersion
from lms.quizzes.statistics.counting import count_next
from lms.settings import Settings
from lms.text import uuid7
from lms.training.models import Module
from tests.browser.server import Server, running
from tests.queries import counted_statements
from tests.quizzes import make_version, quiz_file
from tests.statistics import choices

ATTEMPTS, QUESTIONS, PORTION = 100_000, 10, 5_000
LANGUAGES = ("fa", "fa", "fa", "ar", "ar", "en")
STATEMENTS = 40
ROUNDS, REQUESTS = 5, 20
Values = tuple[str | int | float | None, ...]
_ATTEMPT = (
    "INSERT INTO attempt (id, person_id, quiz_version_id, number, state, seed, pass_mark, grade_rule, max_mark, mark,"
    " standing, passed, language, submitted_at, graded_at, occurred_at, recorded_at, source, uid, public_id)"
    " VALUES (?, ?, ?, ?, 'graded', 1, 60, 'best', ?, ?, ?, ?, ?, ?, ?, ?, ?, 'online', ?, ?)"
)
_ASKED = (
    "INSERT INTO attempt_question (attempt_id, question_version_id, scoring_id, position, option_order, mark, answer,"
    " language, saved_at, flagged, fraction) VALUES (?, ?, ?, ?, '[]', 1, ?, ?, ?, 0, ?)"
)


def app_settings(server: Server) -> Settings:
    """The server's data, for a process of ours."""
    url = f"sqlite:///{server.data / 'tashbik.sqlite3'}"
    return Settings(data=server.data, database_url=url, secret_key="bench", embedded_worker=False)


def make_quiz() -> tuple[QuizVersion, list[tuple[int, int]]]:
    """A quiz of the site; with the versions and scorings of its questions."""
    module = Module(key="counted", titles={"fa": "ماژول", "ar": "وحدة", "en": "Module"})
    quiz: QuizVersion = make_version(quiz_file(choices(QUESTIONS), attempts=0), module)
    rows: list[QuizQuestion] = db.session.query(QuizQuestion).filter_by(quiz_version_id=quiz.id).all()
    return quiz, [(row.question_version_id, row.question_version.scorings[-1].id) for row in rows]


def fill(database: Path, quiz_id: int, asked: list[tuple[int, int]], attempts: int) -> None:
    """Store attempts, past all services; a person takes the quiz up to four times."""
    with sqlite3.connect(database) as connection:
        (people,) = connection.execute("SELECT count(*) FROM person").fetchone()
        rows = ((f"b{n}", f"Learner {n}", f"b{n}") for n in range(attempts // 3))
        connection.executemany(_person(connection), ((uuid7().hex, *row) for row in rows))
        for first in range(1, attempts + 1, PORTION):
            ids = range(1_000_000 + first, 1_000_000 + min(first + PORTION, attempts + 1))
            made = [_attempt(n, people, quiz_id, asked) for n in ids]
            connection.executemany(_ATTEMPT, [attempt for attempt, _questions in made])
            connection.executemany(_ASKED, [row for _attempt, questions in made for row in questions])


def _person(connection: sqlite3.Connection) -> str:
    """Every column that has no default of the database's."""
    known = {"uid": "?", "public_id": "?", "display_name": "?", "sort_key": "?"}
    columns = connection.execute("SELECT name, type FROM pragma_table_info('person') WHERE \"notnull\" AND NOT pk")
    for name, kind in columns:
        known.setdefault(name, "''" if kind.startswith(("VARCHAR", "JSON")) else "0")
    for name in [each for each in known if each.endswith("_at")]:
        known[name] = "'2026-01-01 00:00:00.000000'"
    return f"INSERT INTO person ({', '.join(known)}) VALUES ({', '.join(known.values())})"


def _attempt(n: int, people: int, quiz_id: int, asked: list[tuple[int, int]]) -> tuple[Values, list[Values]]:
    chance, at = Random(n), datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=n % 100_000)
    language, good = LANGUAGES[n % len(LANGUAGES)], chance.choice((0.35, 0.5, 0.65, 0.8, 0.95))
    signs = [chance.random() < good - 0.04 * place for place in range(len(asked))]
    questions: list[Values] = []
    for place, (right, (version_id, scoring_id)) in enumerate(zip(signs, asked, strict=True), start=1):
        saved = _stored(at + timedelta(seconds=place * chance.randint(8, 60)))
        answer = dumps({"options": ["a" if right else "b"]})
        questions.append((n, version_id, scoring_id, place, answer, language, saved, float(right)))
    mark, end = float(sum(signs)), _stored(at + timedelta(minutes=12))
    share = mark / len(asked)
    person, number = people + 1 + (n - 1_000_000) // 3, 1 + n % 3
    numbers = (n, person, quiz_id, number, float(len(asked)), mark, share, share >= 0.6, language)
    return (*numbers, end, end, _stored(at), _stored(at), uuid7().hex, f"b{n}"), questions


def _stored(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def count() -> Iterator[int]:
    """Count everything; gives the statements of each portion."""
    more = True
    while more:
        with counted_statements() as seen, write_unit():
            more = count_next(now())
        yield len(seen)


def prepare(server: Server, attempts: int) -> str:
    """Fill the database, count, and print what that cost; gives the address of the page."""
    app = create_app(app_settings(server))
    with app.app_context():
        quiz, asked = make_quiz()
        version = quiz.module_version
        fill(server.data / "tashbik.sqlite3", quiz.id, asked, attempts)
        before, begun = time.process_time(), time.monotonic()
        statements = list(count())
        spent, lasted = time.process_time() - before, time.monotonic() - begun
        size = (server.data / "tashbik.sqlite3").stat().st_size / 2**20
        print(
            f"counting an attempt of {QUESTIONS} questions: {spent * 1000 / attempts:.2f} ms of CPU,"
            f" {lasted:.0f} s for {attempts}, {max(statements)} statements a portion; database {size:.0f} MB"
        )
        return f"/fa/studio/m/{version.module.public_id}/statistics/{version.number}/{quiz.key}/"


def measured(server: Server, floor: Server, address: str) -> list[Subject]:
    """The page of the quiz, the page of a question, and the floor."""
    assert server.process
    session = Session(server.port)
    _status, _headers, page = session.call("GET", "/fa/sign-in")
    session.post("/fa/sign-in", page, name="trainer", password="tashbik-demo")
    _status, _headers, shown = session.call("GET", address)
    question = re.search(rf'href="({re.escape(address)}[0-9a-f-]{{36}}/)', shown)
    assert question, shown[:3000]
    headers = {"Cookie": session.cookie, "Accept-Encoding": "gzip"}

    def get(path: str, connection: http.client.HTTPConnection) -> None:
        expect(connection, "GET", path, None, headers)

    assert floor.process
    ours = (server.process.pid, server.port)
    return [
        Subject("floor page", floor.process.pid, floor.port, lambda c: get("/page", c)),
        Subject("quiz statistics", *ours, lambda c: get(address, c)),
        Subject("question", *ours, lambda c: get(question[1], c)),
    ]


def statements_of(server: Server, address: str) -> int:
    """How many statements the page asks, in a process of ours."""
    from tests.page import PageClient

    app = create_app(app_settings(server))
    with app.app_context():
        from lms.accounts.models import Person

        trainer = db.session.query(Person).filter_by(sign_in_name="trainer").one()
        client = PageClient(app).sign_in(trainer)
        client.get(address)
        with counted_statements() as seen:
            client.get(address)
        return len(seen)


def main(attempts: int = ATTEMPTS) -> int:
    """Fill, count, measure, print; 1 where the page asks too much of the database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(folder / "ours", "--demo"))
        server.kill()
        address = prepare(server, attempts)
        statements = statements_of(server, address)
        server.start()
        subjects = measured(server, stack.enter_context(floor_server(folder)), address)
        interleaved(subjects, rounds=ROUNDS, requests=REQUESTS)
    return report({subject.name: subject.milliseconds for subject in subjects}, statements)


def report(spent: dict[str, float], statements: int) -> int:
    """Print; 1 where there are too many statements."""
    for name in ("quiz statistics", "question"):
        ratio = spent[name] / spent["floor page"]
        print(f"{name:<16} {spent[name]:6.2f} ms  floor page {spent['floor page']:6.2f} ms  {ratio:4.2f}")
    verdict = "ok" if statements < STATEMENTS else "OVER"
    print(f"{'quiz statistics':<16} {statements} statements, of fewer than {STATEMENTS}  {verdict}")
    return int(statements >= STATEMENTS)
