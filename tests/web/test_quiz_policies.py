"""What a learner reads of the rules of a quiz, and what they do to its pages."""

from datetime import timedelta
from typing import Any

import pytest

from lms.accounts.models import Person
from lms.clock import now, today
from tests.factories import make_person
from tests.page import PageClient
from tests.quizzes import RIGHT, WRONG, begin, finish, make_quiz

DAY = timedelta(days=1)


@pytest.fixture
def learner() -> Person:
    return make_person(language="fa")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_start_page_says_what_holds(browser: PageClient, language: str) -> None:
    rules: dict[str, Any] = {
        "closes": (today() + DAY).isoformat(),
        "delay": 90,
        "certainty": True,
        "feedback": "after_closing",
    }
    for rule in ("last", "first", "average"):
        quiz = make_quiz(**rules, grade_rule=rule)
        browser.get(f"/{language}/quizzes/{quiz.public_id}/")


def test_who_must_wait_is_told_until_when(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz(delay=60)
    attempt = finish(begin(quiz, learner), WRONG)
    for address in (f"/en/quizzes/{quiz.public_id}/", f"/en/attempts/{attempt.public_id}/result"):
        page = browser.get(address).text
        assert "You can start from" in page
        assert "Try again" not in page
    browser.post(f"/en/quizzes/{quiz.public_id}/attempts", {})
    assert "You can start from" in browser.get(f"/en/quizzes/{quiz.public_id}/").text


def test_a_closed_quiz_cannot_be_started(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz(closes=(today() - DAY).isoformat())
    assert "last day of this quiz is over" in browser.get(f"/en/quizzes/{quiz.public_id}/").text
    browser.post(f"/en/quizzes/{quiz.public_id}/attempts", {})
    assert "Your attempts" not in browser.get(f"/en/quizzes/{quiz.public_id}/").text


def test_feedback_waits_for_the_last_day(browser: PageClient, learner: Person) -> None:
    rules: dict[str, Any] = {"feedback": "after_closing", "show_key": "after_each"}
    open_quiz = make_quiz(**rules, closes=(today() + DAY).isoformat())
    attempt = finish(begin(open_quiz, learner), WRONG)
    page = browser.get(f"/en/attempts/{attempt.public_id}/result").text
    assert "is told here after the quiz closes" in page
    assert "Not right" not in page
    assert "Right answer" not in page
    closed = make_quiz(**rules, closes=(today() - DAY).isoformat())
    before = now() - 3 * DAY
    over = finish(begin(closed, learner, before), WRONG, before)
    page = browser.get(f"/en/attempts/{over.public_id}/result").text
    assert "Not right" in page
    assert "Right answer" in page


def test_the_result_says_what_counts(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz(grade_rule="average")
    for given in (WRONG, RIGHT):
        attempt = finish(begin(quiz, learner), given)
    page = browser.get(f"/en/attempts/{attempt.public_id}/result").text
    assert "Average of your attempts" in page
    assert "50%" in page
