"""One of the two quizzes is submitted while the other is marked anew: what is kept knows of both."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.clock import now
from lms.db import db
from lms.quizzes.models import Attempt
from lms.quizzes.queries import questions_of
from lms.quizzes.services import submit
from lms.quizzes.services.grading import finish_attempt, lock_attempt
from lms.reports.counters import differences
from tests.factories import make_member, make_network, make_organization
from tests.gains import answer, gains_of, make_compared, quiz_of, right
from tests.meeting import meet
from tests.quizzes import answer_all, begin


def marks_anew(attempt_id: int) -> None:
    """Every answer is right after all."""
    attempt = db.session.get_one(Attempt, attempt_id)
    lock_attempt(attempt)
    questions = questions_of(attempt)
    for asked in questions:
        asked.fraction = 1.0
    finish_attempt(attempt, questions, None, now())


def submits(attempt_id: int) -> None:
    """She submits."""
    submit(attempt_id, "fa", now())


@pytest.mark.parametrize("number", [2, 4], ids=["fails", "passes"])
@pytest.mark.parametrize("first", [marks_anew, submits])
def test_neither_is_forgotten(app: Flask, first: Callable[[int], None], number: int) -> None:
    module, learner = make_compared(), make_member(make_organization(make_network()))
    entry = answer(learner, module, "entry", 1).id
    final = begin(quiz_of(module, "final"), learner)
    answer_all(final, right(number))
    deeds: list[Callable[[], None]] = [lambda: marks_anew(entry), lambda: submits(final_id)]
    final_id = final.id
    if first is submits:
        deeds.reverse()
    meet(app, *deeds)
    assert gains_of(learner) == [(1000, 200 * number)]
    assert not list(differences())
