"""The whole of a large installation on one machine: HAProxy, two web processes, a worker, PostgreSQL, Redis, mail."""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from lms import create_app, read_settings
from lms.db import db
from lms.upgrade import upgrade
from tests.browser.server import ROOT, Server
from tests.cli.processes import wait_for
from tests.load.learner import Learner
from tests.load.people import asked
from tests.load.world import learners_of
from tests.mailbox import Mailbox, mail_server
from tests.postgres import Postgres, free_port, postgres
from tests.quizzes import make_quiz
from tests.services import Redis, Service, haproxy, running_redis

SAMPLE = ROOT / "docs" / "haproxy.cfg"


@dataclass
class Cluster:
    """Its parts, each of which can be killed and started again."""

    app: Flask
    port: int
    quiz: str
    webs: tuple[Server, Server]
    worker: Service
    redis: Redis
    database: Postgres
    mailbox: Mailbox

    def learners(self, number: int) -> list[Learner]:
        """New learners, who know the proxy only."""
        return learners_of(self.app, self.port, self.quiz, number)

    def status_of(self, path: str) -> int:
        """What the proxy answers; 0 where it does not."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0


@contextmanager
def cluster(folder: Path, *, questions: int) -> Iterator[Cluster]:
    """All of it, running; the leases of its jobs end in seconds."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres())
        redis = stack.enter_context(running_redis(folder))
        box, smtp = stack.enter_context(mail_server())
        port, first, second = free_port(), free_port(), free_port()
        environment = {
            "LMS_DATA": str(folder / "data"),
            "LMS_PLUGINS": "",
            "LMS_WORKER": "process",
            "DATABASE_URL": f"{database.url}/postgres",
            "REDIS_URL": redis.url,
            "BASE_URL": f"http://127.0.0.1:{port}",
            "TRUSTED_PROXIES": "1",
            "SMTP_URL": smtp,
            "MAIL_FROM": "learn@example.org",
        }
        settings = read_settings(environment)
        webs = (_web(folder, first, environment), _web(folder, second, environment))
        worker = _worker(folder, environment)
        proxy = haproxy(_configuration(folder, port, first, second), folder / "haproxy.log")
        for part in (*webs, worker, proxy):
            stack.callback(part.kill)
        for web in webs:
            web.launch()
        app = create_app(settings)
        quiz = _filled(app, questions)
        for start in (worker.start, proxy.start, webs[0].wait, webs[1].wait):
            start()
        made = Cluster(app, port, quiz, webs, worker, redis, database, box)
        wait_for(lambda: made.status_of("/readyz") == 200)
        yield made
        with app.app_context():
            db.engine.dispose()


def _filled(app: Flask, questions: int) -> str:
    """Make the tables and a quiz; gives its public id."""
    with app.app_context():
        upgrade(db.engine)
        quiz = make_quiz(asked(questions), shuffle=True, attempts=0, pass_mark=95).public_id
        db.session.remove()
        db.engine.dispose()
    return quiz


def _web(folder: Path, port: int, environment: Mapping[str, str]) -> Server:
    """As docs/operator.md says: gunicorn, which takes no connection before the program is there, with threads."""
    command = ("gunicorn", "--preload", "--threads", "4", "--bind", f"127.0.0.1:{port}", "lms:create_app()")
    return Server(folder / "data", port, (), environment=environment, command=command)


def _worker(folder: Path, environment: Mapping[str, str]) -> Service:
    command = [sys.executable, "-m", "tests.load.worker_process"]
    return Service(command, folder / "worker.log", {**os.environ, "PYTHONPATH": str(ROOT), **environment})


def _configuration(folder: Path, port: int, first: int, second: int) -> Path:
    """The sample of the documentation, on our ports."""
    text = SAMPLE.read_text("utf-8")
    for sample, ours in ((":8000", port), (":8001", first), (":8002", second)):
        assert text.count(f"127.0.0.1{sample}") == 1
        text = text.replace(f"127.0.0.1{sample}", f"127.0.0.1:{ours}")
    path = folder / "haproxy.cfg"
    path.write_text(text, "utf-8")
    return path
