"""What quizzes have the worker do."""

import time
from datetime import timedelta
from typing import Any

from lms.clock import now
from lms.db import db, write_unit
from lms.jobs import job_kind, periodic, renew_lease
from lms.quizzes.policy_models import Regrade
from lms.quizzes.services import close_expired, step_regrade
from lms.quizzes.statistics.gathering import QuizOf, next_quiz
from lms.quizzes.statistics.portions import CannotBeCounted, count_portion

EVERY = timedelta(minutes=5)
PAUSE = 0.1


@periodic("close_expired_attempts", every=EVERY)
def close_attempts(_arguments: dict[str, Any]) -> None:
    """Grade attempts whose time was up while their learners were away."""
    with write_unit():
        close_expired(now())


@job_kind("regrade", lease=timedelta(minutes=5))
def regrade(arguments: dict[str, Any]) -> None:
    """Look through, or mark anew, what a page had no time for; begun again after a crash it goes on where it was."""
    more = True
    while more:
        with write_unit() as session:
            found = session.get(Regrade, arguments["regrade"])
            more = found is not None and step_regrade(found, now())
        renew_lease()
        let_others_write()


def let_others_write() -> None:
    """Leave a moment. On SQLite those who wait for the write lock look for it ten times a second: who takes it again at
    once keeps it, and they give up at last.
    """
    if db.engine.dialect.name == "sqlite":
        time.sleep(PAUSE)


@periodic("count_attempts", every=EVERY, lease=EVERY)
def count_attempts(_arguments: dict[str, Any]) -> None:
    """Add graded attempts to the sums of the statistics; killed, it goes on after the last portion.

    A quiz that cannot be counted, as a question type of a plugin fails, is left for the next time: others are counted.
    """
    left: set[QuizOf] = set()
    while quiz := next_quiz(left):
        try:
            if not count_portion(quiz):
                left.add(quiz)
        except CannotBeCounted:
            left.add(quiz)
        renew_lease()
        let_others_write()
