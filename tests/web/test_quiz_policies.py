"""What a learner reads of the rules of a quiz, and what they do to its pages."""

from datetime import timedelta
from typing import Any

import pytest

from lms.accounts.models import Person
from lms.clock import now, today
from lms.db import db
from lms.quizzes.models import Attempt, AttemptQuestion
from lms.quizzes.queries import questions_of
from tests.factories import make_person
from tests.page import PageClient
from tests.quizzes import RIGHT, WRONG, begin, finish, make_quiz
from tests.sent_forms import form_in

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


def fields_of(browser: PageClient, address: str) -> dict[str, Any]:
    return form_in(browser.get(address).text, address)


def asked(attempt: Attempt) -> list[AttemptQuestion]:
    db.session.rollback()
    db.session.refresh(attempt)
    return list(questions_of(attempt))


def test_certainty_is_saved_beside_the_answer_and_marks_it(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(certainty=True), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    given = {"q1.answer": "b", "q1.certainty": "3", "q3.answer": "true", "q3.certainty": "2", "q5.answer": "8"}
    browser.post(address, {**fields_of(browser, address), **given, "action": "save"})
    assert [one.certainty for one in asked(attempt)] == [3, None, 2, None, None]
    page = fields_of(browser, address)
    assert (page["q1.certainty"], page["q3.certainty"]) == (["3"], ["2"])
    browser.post(address, {**page, "q1.certainty": "2", "action": "save"})
    assert asked(attempt)[0].certainty == 2, "the answer is the same, what she says of it is not"
    browser.post(f"{address}submit", {})
    shares = [round(one.fraction or 0, 6) for one in asked(attempt)]
    assert shares == [round(2 / 3, 6), 0, round(-2 / 3, 6), 0, round(1 / 3, 6)]
    assert attempt.mark == pytest.approx(1 / 3)
    assert "certainty 2" in browser.get(f"{address}result").text


def test_no_attempt_is_worth_less_than_nothing(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(certainty=True), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    browser.post(address, {**fields_of(browser, address), "q1.answer": "a", "q1.certainty": "3", "action": "save"})
    browser.post(f"{address}submit", {})
    assert asked(attempt)[0].fraction == -2
    assert (attempt.mark, attempt.standing, attempt.passed) == (0, 0, False)


def test_a_script_sends_certainty_too(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(certainty=True), learner)
    sent = {"given": {"answer": ["b"], "certainty": ["3"]}, "client": "tab", "sequence": 1}
    assert put(browser, attempt, 1, sent) == 200
    assert asked(attempt)[0].certainty == 3
    again = {**sent, "given": {"answer": ["b"], "certainty": ["1"]}}
    assert put(browser, attempt, 1, again) == 409, "the same key with something else"


def put(browser: PageClient, attempt: Attempt, position: int, sent: dict[str, Any]) -> int:
    headers = {"X-CSRFToken": browser.token(), "User-Agent": "Mozilla/5.0 (Android 14; Mobile) Firefox/140.0"}
    address = f"/fa/attempts/{attempt.public_id}/responses/{position}"
    return browser.http.put(address, json=sent, headers=headers).status_code


def test_an_answer_that_was_judged_stands_in_every_tab(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(feedback="each_question"), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    stale = fields_of(browser, address)
    page = browser.follow(browser.post(address, {**stale, "q1.answer": "a", "check": "1"})).text
    assert "Not right" in page
    assert "About a." in page
    assert "Right answer" not in page
    assert 'name="q1.answer"' not in page
    assert put(browser, attempt, 1, {"given": {"answer": ["b"]}, "client": "other", "sequence": 1}) == 409
    browser.post(address, {**stale, "q1.answer": "b", "action": "save"})
    assert asked(attempt)[0].answer == {"options": ["a"]}
    browser.post(f"{address}submit", {})
    assert asked(attempt)[0].fraction == 0


def test_what_is_not_answered_cannot_be_judged(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(feedback="each_question"), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    browser.post(address, {**fields_of(browser, address), "check": "2"})
    assert asked(attempt)[1].checked_at is None


def test_a_quiz_that_tells_at_its_end_judges_nothing_before(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    browser.post(address, {**fields_of(browser, address), "q1.answer": "a", "check": "1"}, 400)
    assert asked(attempt)[0].checked_at is None


def test_a_quiz_of_several_pages_is_taken_page_by_page(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(page_size=2), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    first = browser.get(address).text
    assert 'name="q2.answer"' in first
    assert 'name="q3.answer"' not in first
    answer = browser.post(address, {**form_in(first, address), "q1.answer": "b", "action": "next"})
    second = browser.follow(answer).text
    assert "Page 2 of 3" in second
    assert 'name="q3.answer"' in second
    fields = {**form_in(second, address), "q3.answer": "false", "action": "back"}
    assert browser.post(address, fields).headers["Location"] == address
    third = browser.get(f"{address}?page=9").text
    assert "Page 3 of 3" in third
    fields = {**form_in(third, address), "q5.answer": "many", "action": "next"}
    wrong = browser.post(address, fields, 422).text
    assert "Page 3 of 3" in wrong
    assert [one.answer is not None for one in asked(attempt)] == [True, False, True, False, False]
    assert f"{address}?page=2#q4" in browser.get(f"{address}submit").text


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_she_sees_everything_that_was_received(browser: PageClient, learner: Person, language: str) -> None:
    attempt = begin(make_quiz(certainty=True), learner)
    for sequence, option in enumerate(["a", "b"], 1):
        given = {"answer": [option], "certainty": [str(sequence)]}
        put(browser, attempt, 1, {"given": given, "client": "tab", "sequence": sequence})
    address = f"/{language}/attempts/{attempt.public_id}/"
    received = browser.get(f"{address}received").text
    assert received.count("Firefox, Android") == 2
    assert received.count("badge-certified") == 1
    browser.post(f"{address}submit", {})
    assert f"{address}received" in browser.get(f"{address}result").text
    assert browser.get(f"{address}received").text.count("Firefox, Android") == 2
