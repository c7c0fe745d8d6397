"""A worker that is killed while it counts attempts counts none twice and forgets none."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from lms.checks import checks
from lms.db import db
from lms.quizzes.statistics.models import CountedAttempt
from tests.cli.processes import running, wait_for
from tests.databases import Databases
from tests.quizzes import make_quiz
from tests.statistics import choices, count_all, given_of, take

ATTEMPTS = 40


def test_what_a_killed_worker_has_counted_is_counted_once(app: Flask, store: Databases, tmp_path: Path) -> None:
    quiz, log = make_quiz(choices(3)), tmp_path / "log"
    for n in range(ATTEMPTS):
        take(quiz, given_of(("111", "100", "010", "000")[n % 4]))
    log.touch()
    arguments = ("-m", "tests.cli.counting_process", store.url, str(tmp_path), str(log))
    db.session.remove()
    for least in (3, 12):
        with running(*arguments) as worker:
            wait_for(lambda least=least: log.read_text().count("counted") >= least)  # type: ignore[misc]
            worker.kill()
            worker.wait()
    counted = db.session.scalar(select(func.count()).select_from(CountedAttempt))
    assert counted is not None
    assert 12 <= counted < ATTEMPTS, "it was killed in the middle"
    assert not list(checks()["statistics"]()), "what is counted adds up"
    count_all()
    assert db.session.scalar(select(func.count()).select_from(CountedAttempt)) == ATTEMPTS
    assert not list(checks()["statistics"]())
