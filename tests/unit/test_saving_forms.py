"""A page's form: all of its answers at once, and one by one where some came before."""

import pytest
from sqlalchemy import select

from lms.clock import now
from lms.db import db, write_unit
from lms.quizzes.models import Attempt, Response
from lms.quizzes.queries import questions_of, slot_of
from lms.quizzes.services.saving import ClientKey
from lms.quizzes.services.saving_forms import FormAnswer, save_form_answers
from tests.factories import make_person
from tests.queries import counted_statements
from tests.quizzes import begin, make_quiz, question

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def attempt() -> Attempt:
    asked = [
        question(f"q{n}", "single_choice", {"options": ["a", "b"]}, {"correct": ["b"]}, options={"a": "A", "b": "B"})
        for n in range(6)
    ]
    return begin(make_quiz(asked), make_person())


def send(attempt: Attempt, given: str, client: str = "page") -> list[str]:
    """Send one letter a question; gives the statements that it took."""
    answers = []
    for position, option in enumerate(given, start=1):
        slot = slot_of(attempt, position)
        assert slot
        answers.append(FormAnswer(slot, {"options": [option]}, ClientKey(client, position)))
    with write_unit(), counted_statements() as seen:
        save_form_answers(answers, "fa", now())
    return [statement for statement in seen if statement.startswith(("INSERT", "UPDATE"))]


def stands(attempt: Attempt) -> str:
    return "".join(each.answer["options"][0] for each in questions_of(attempt) if each.answer)


def test_a_page_takes_two_statements_however_many_it_asks(attempt: Attempt) -> None:
    assert len(send(attempt, "ab")) == len(send(attempt, "bbaaba", "other")) == 2
    assert stands(attempt) == "bbaaba"


def test_the_same_form_twice_saves_once(attempt: Attempt) -> None:
    for _time in range(2):
        send(attempt, "abab")
    assert stands(attempt) == "abab"
    assert len(db.session.scalars(select(Response.id)).all()) == 4


def test_what_was_changed_after_going_back_counts(attempt: Attempt) -> None:
    send(attempt, "abab")
    send(attempt, "abbbaa")
    assert stands(attempt) == "abbbaa"
