"""Essays, surveys and cases on the learner's pages, without script, in three languages."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.db import db
from lms.events.models import EventRow
from lms.quizzes.models import Attempt, AttemptState
from lms.quizzes.queries import questions_of
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient
from tests.quizzes import begin, case_study, essay, finish, make_quiz, questions, survey
from tests.sent_forms import form_in

TEXT = "نخست با هم دیدار می‌کنیم.\r\n\r\nسپس <b>تفاهم‌نامه</b> می‌نویسیم."


@pytest.fixture
def learner(app: Flask) -> Person:
    return make_person(language="fa")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


def asked() -> list[dict[str, object]]:
    """A case with a question and an essay about it, and a survey."""
    about = [{**one, "in_case": True} for one in (questions()[0], essay())]
    return [case_study(), *about, survey()]


def fresh(attempt: Attempt) -> Attempt:
    db.session.rollback()
    return db.session.get_one(Attempt, attempt.id, populate_existing=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_answers_and_is_told_what_waits_for_a_person(browser: PageClient, learner: Person, language: str) -> None:
    quiz = make_quiz(asked())
    assert browser.get(f"/{language}/quizzes/{quiz.public_id}/").text.count("<dt>") >= 4
    attempt = begin(quiz, learner)
    address = f"/{language}/attempts/{attempt.public_id}/"
    page = browser.get(address).text
    assert "Then they <strong>signed</strong>" in page
    assert {"fa": "۰ از ۳", "ar": "0 من 3", "en": "0 of 3"}[language] in page
    form = form_in(page, address)
    sent = {**form, "q2.answer": "b", "q3.answer": TEXT, "q4.a": "2", "q4.b": "3", "action": "submit"}
    confirming = browser.post(address, sent).headers["Location"]
    assert "#q" not in browser.get(confirming).text
    result = browser.follow(browser.post(confirming)).text
    assert fresh(attempt).state == AttemptState.SUBMITTED
    assert "&lt;b&gt;تفاهم‌نامه&lt;/b&gt;" in result
    assert {"fa": "در حال نمره‌دهی", "ar": "قيد التصحيح", "en": "being graded"}[language] in result
    assert {"fa": "۱ از ۳", "ar": "1 من 3", "en": "1 of 3"}[language] in result
    rules = browser.get(f"/{language}/quizzes/{quiz.public_id}/").text
    assert '/attempts"' not in rules
    assert f"{address}result" in rules


def test_nothing_is_passed_and_nothing_completed_before_it_is_graded(learner: Person) -> None:
    attempt = begin(make_quiz([questions()[0], essay()]), learner)
    finish(attempt, {"first-use": ["b"], "plan": ["A plan."]})
    found = fresh(attempt)
    assert (found.state, found.passed, found.mark, found.graded_at) == (AttemptState.SUBMITTED, None, None, None)
    assert [one.fraction for one in questions_of(found)] == [1, None]
    names = set(
        db.session.scalars(select(EventRow.name).where(EventRow.payload["attempt_id"].as_integer() == found.id))
    )
    assert names == {"attempt_started", "attempt_submitted"}


def test_what_was_not_written_waits_for_nobody(learner: Person) -> None:
    attempt = begin(make_quiz([questions()[0], essay()]), learner)
    finish(attempt, {"first-use": ["b"]})
    found = fresh(attempt)
    assert (found.state, found.mark, found.passed) == (AttemptState.GRADED, 1, False)


def test_while_an_attempt_waits_no_other_is_started_and_no_key_is_shown(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz([questions()[0], essay()], attempts=1)
    attempt = begin(quiz, learner)
    finish(attempt, {"first-use": ["a"], "plan": ["A plan."]})
    answer = browser.post(f"/en/quizzes/{quiz.public_id}/attempts")
    assert "still being graded" in browser.follow(answer).text
    assert "Right answer" not in browser.get(f"/en/attempts/{attempt.public_id}/result").text
    browser.post(f"/en/attempts/{attempt.public_id}/", {"client": "late", "q2.was": "", "q2.answer": "Too late."})
    assert questions_of(fresh(attempt))[1].answer == {"text": "A plan."}


def test_a_survey_alone_is_passed_by_sending_it(learner: Person) -> None:
    attempt = begin(make_quiz([survey()]), learner)
    finish(attempt, {})
    assert fresh(attempt).passed


def test_a_case_and_its_questions_are_shuffled_as_one(learner: Person) -> None:
    others = [{**questions()[0], "id": f"other-{n}"} for n in range(4)]
    about = [{**questions()[0], "id": f"about-{n}", "in_case": True} for n in range(2)]
    quiz = make_quiz([*others[:2], case_study(), *about, *others[2:]], shuffle=True, attempts=0)
    orders = set()
    for _ in range(12):
        attempt = begin(quiz, make_person())
        keys = [one.question_version.question.key.split("/")[1] for one in questions_of(attempt)]
        at = keys.index("story")
        assert keys[at : at + 3] == ["story", "about-0", "about-1"]
        orders.add(tuple(keys))
    assert len(orders) > 1


def test_a_case_takes_no_answer(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(asked()), learner)
    body = {"given": {"answer": ["x"]}, "client": "c", "sequence": 1}
    browser.put(f"/en/attempts/{attempt.public_id}/responses/1", 422, json=body)
    assert re.search("q1.was", browser.get(f"/en/attempts/{attempt.public_id}/").text) is None
