"""Answers that arrive while the attempt is submitted: what was acknowledged is what was graded."""

import threading
import time

import pytest
from flask import Flask

from lms.clock import now
from lms.db import db, write_unit
from lms.quizzes.errors import AttemptClosed
from lms.quizzes.models import Attempt
from lms.quizzes.queries import questions_of
from lms.quizzes.services import save_response, submit_attempt
from lms.quizzes.services.grading import grade_of
from tests.factories import make_person
from tests.quizzes import begin, make_quiz


def answer_until_closed(app: Flask, attempt_id: int, acknowledged: list[str]) -> None:
    """Change an answer again and again until it is refused."""
    with app.app_context():
        attempt = db.session.get_one(Attempt, attempt_id)
        for sequence in range(1, 10_000):
            option = "ab"[sequence % 2]
            try:
                with write_unit():
                    save_response(
                        attempt,
                        1,
                        {"options": [option]},
                        client_uid="racer",
                        sequence=sequence,
                        language="fa",
                        now=now(),
                    )
            except AttemptClosed:
                break
            acknowledged.append(option)
        db.session.remove()


@pytest.mark.parametrize("pause", [0.05, 0.08, 0.13])
def test_the_last_receipt_is_what_counts(app: Flask, pause: float) -> None:
    attempt = begin(make_quiz(), make_person())
    db.session.rollback()
    acknowledged: list[str] = []
    racer = threading.Thread(target=answer_until_closed, args=(app, attempt.id, acknowledged))
    racer.start()
    time.sleep(pause)
    with write_unit():
        submit_attempt(attempt, "fa", now())
    racer.join()
    first = questions_of(attempt)[0]
    assert (first.answer or {"options": []})["options"] == acknowledged[-1:]
    assert first.fraction == grade_of(first).fraction
