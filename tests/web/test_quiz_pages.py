"""The learner's quiz pages, without script, in three languages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db
from lms.quizzes.models import Attempt, AttemptState, QuizVersion, Response
from lms.quizzes.queries import questions_of
from lms.training.models import Module, ModuleVersion
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import RIGHT, WRONG, begin, finish, make_quiz, questions

KEYS = list(RIGHT)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def learner() -> Person:
    return make_person(language="fa")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


def form_of(page: str, given: dict[str, list[str]], **more: Any) -> dict[str, Any]:
    """What the page's form sends when `given` (question key to values) is filled in."""
    hidden = {name: value for name, value in HIDDEN.findall(page) if name != "csrf_token"}
    return {**hidden, **{f"q{KEYS.index(key) + 1}.answer": values for key, values in given.items()}, **more}


def answers(attempt: Attempt) -> list[Any]:
    db.session.rollback()
    return [one.answer for one in questions_of(attempt)]


def the_attempt(learner: Person) -> Attempt:
    db.session.rollback()
    return db.session.scalars(select(Attempt).where(Attempt.person_id == learner.id)).one()


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_takes_a_quiz_from_its_rules_to_its_result(browser: PageClient, learner: Person, language: str) -> None:
    quiz = make_quiz()
    rules = browser.get(f"/{language}/quizzes/{quiz.public_id}/")
    assert quiz.titles[language] in rules.text
    address = browser.post(f"/{language}/quizzes/{quiz.public_id}/attempts").headers["Location"]
    page = browser.get(address).text
    confirming = browser.post(address, form_of(page, RIGHT, action="submit")).headers["Location"]
    assert confirming == f"{address}submit"
    browser.get(confirming)
    result = browser.follow(browser.post(confirming)).text
    marks = {"fa": "۵ از ۵ (\u061c۱۰۰٪)", "ar": "5 من 5 (100%)", "en": "5 of 5 (100%)"}[language]
    assert marks in result
    assert "badge-certified" in result
    assert the_attempt(learner).passed
    again = browser.get(f"/{language}/quizzes/{quiz.public_id}/").text
    assert "badge-certified" in again
    assert marks in again


def test_saving_keeps_what_is_given_and_says_so(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    form = form_of(browser.get(address).text, {"first-use": ["b"], "votes": ["۸"]}, action="save")
    page = browser.follow(browser.post(address, form)).text
    assert answers(attempt)[0] == {"options": ["b"]}
    assert answers(attempt)[4] == {"text": "۸", "number": "8"}
    assert "۲ از ۵" in page
    assert re.search(r'value="b" checked', page)
    assert 'value="۸"' in page
    assert re.search(r'data-state="server">', page)


def test_what_cannot_be_saved_is_shown_at_its_question_with_everything_typed(
    browser: PageClient, learner: Person
) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    form = form_of(
        browser.get(address).text, {"first-use": ["b"], "word": ["شبکه"], "votes": ["eight"]}, action="submit"
    )
    page = browser.post(address, form, status=422).text
    assert 'value="eight"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#q5-in"' in page
    assert 'value="شبکه"' in page
    assert [answer is not None for answer in answers(attempt)] == [True, False, False, True, False]


def test_the_confirm_page_lists_what_is_missing(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    browser.post(address, form_of(browser.get(address).text, {"needs": ["a"]}, flag="2"))
    page = browser.get(f"{address}submit").text
    assert re.findall(r"/#(q\d)", page) == ["q1", "q3", "q4", "q5", "q2"]


def test_a_question_can_be_marked_and_unmarked(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/en/attempts/{attempt.public_id}/"
    response = browser.post(address, form_of(browser.get(address).text, {"votes": ["8"]}, flag="3"))
    assert response.headers["Location"] == f"{address}#q3"
    page = browser.get(address).text
    assert 'name="unflag" value="3"' in page
    assert 'value="8"' in page
    browser.post(address, form_of(page, {}, unflag="3"))
    assert 'name="unflag"' not in browser.get(address).text


def test_two_tabs_do_not_undo_each_other(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    one, other = browser.get(address).text, browser.get(address).text
    browser.post(address, form_of(one, {"first-use": ["b"]}, action="save"))
    browser.post(address, form_of(other, {"votes": ["8"]}, action="save"))
    assert answers(attempt)[0] == {"options": ["b"]}
    assert answers(attempt)[4] is not None


def test_sending_a_form_twice_saves_once(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    first = form_of(browser.get(address).text, {"first-use": ["a"]}, action="save")
    browser.post(address, first)
    browser.post(address, form_of(browser.get(address).text, {"first-use": ["b"]}, action="save"))
    browser.post(address, first)
    assert answers(attempt)[0] == {"options": ["b"]}, "a late double of the first form"
    assert db.session.scalar(select(func.count()).select_from(Response)) == 2


def test_going_back_to_a_page_and_changing_it_there_counts(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    page = browser.get(address).text
    browser.post(address, form_of(page, {"first-use": ["a"]}, action="save"))
    browser.post(address, form_of(page, {"first-use": ["b"]}, action="save"))
    assert answers(attempt)[0] == {"options": ["b"]}


def test_an_answer_can_be_taken_back(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    browser.post(address, form_of(browser.get(address).text, {"needs": ["a", "b"], "votes": ["8"]}, action="save"))
    browser.post(address, form_of(browser.get(address).text, {"votes": [""]}, action="save"))
    assert answers(attempt) == [None] * 5


def test_submitting_twice_is_submitting_once(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/submit"
    assert browser.post(address).headers["Location"] == browser.post(address).headers["Location"]
    assert browser.get(address, status=303).headers["Location"].endswith("/result")


def test_after_submitting_nothing_is_saved(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    form = form_of(browser.get(address).text, {"first-use": ["b"]}, action="save")
    browser.post(f"{address}submit")
    assert browser.post(address, form).headers["Location"] == f"{address}result"
    assert answers(attempt)[0] is None
    assert browser.get(address, status=303).headers["Location"] == f"{address}result"


@pytest.mark.parametrize("path", ["", "submit", "result"])
def test_an_attempt_of_another_person_does_not_exist(browser: PageClient, path: str) -> None:
    attempt = begin(make_quiz(), make_person())
    browser.get(f"/fa/attempts/{attempt.public_id}/{path}", status=404)
    if path != "result":
        browser.post(f"/fa/attempts/{attempt.public_id}/{path}", status=404)


def test_a_result_waits_for_its_attempt(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    page = browser.get(f"/fa/attempts/{attempt.public_id}/result", status=303)
    assert page.headers["Location"] == f"/fa/attempts/{attempt.public_id}/"


def test_the_key_is_not_told_before_it_could_no_longer_serve(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz(attempts=2)
    for number in (1, 2):
        attempt = finish(begin(quiz, learner), WRONG)
        page = browser.get(f"/en/attempts/{attempt.public_id}/result").text
        assert ("Right answer" in page) == ("شبکه‌سازی" in page) == (number == 2)
        assert "Needs another try" in page
        assert "About a." in page, "feedback on what she chose"
        assert "About c." not in page


@pytest.mark.parametrize(("show_key", "told"), [("never", False), ("after_each", True)])
def test_the_key_is_told_as_the_quiz_says(browser: PageClient, learner: Person, show_key: str, told: bool) -> None:
    attempt = finish(begin(make_quiz(show_key=show_key), learner), WRONG)
    assert ("Right answer" in browser.get(f"/en/attempts/{attempt.public_id}/result").text) == told


def test_no_page_of_an_attempt_under_way_holds_the_key(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    for path in ("", "submit"):
        page = browser.get(f"/en/attempts/{attempt.public_id}/{path}").text
        assert "About" not in page
        assert "networking" not in page.lower()


def test_a_spent_quiz_cannot_be_started(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz(attempts=1)
    finish(begin(quiz, learner), WRONG)
    page = browser.follow(browser.post(f"/en/quizzes/{quiz.public_id}/attempts")).text
    assert "You have no attempt left" in page
    assert 'action="/en/quizzes/' not in page


def test_the_quiz_of_a_locked_module_is_not_there(browser: PageClient) -> None:
    locked = db.session.scalars(
        select(QuizVersion)
        .join(QuizVersion.module_version)
        .join(ModuleVersion.module)
        .where(Module.key == "forms-of-networks")
    ).one()
    browser.get(f"/fa/quizzes/{locked.public_id}/", status=404)
    browser.post(f"/fa/quizzes/{locked.public_id}/attempts", status=404)


def test_the_time_is_told_and_ends(browser: PageClient, learner: Person) -> None:
    quiz = make_quiz(time_limit=30)
    under_way = begin(quiz, learner)
    assert re.search("(29|30) minutes left", browser.get(f"/en/attempts/{under_way.public_id}/").text)
    other = make_person()
    late = begin(quiz, other, now() - timedelta(hours=1))
    browser.sign_in(other)
    address = f"/en/attempts/{late.public_id}/"
    assert "Time is up" in browser.get(address).text
    form = {"client": "a1", "q1.was": "", "q1.answer": "b", "action": "save"}
    assert "too late" in browser.follow(browser.post(address, form)).text
    db.session.refresh(late)
    assert late.state == AttemptState.GRADED
    assert answers(late)[0] is None


def test_a_question_of_another_language_says_so(browser: PageClient, learner: Person) -> None:
    asked = {**questions()[0], "text": {"en": {**questions()[0]["text"]["en"], "prompt": "Which one?"}}}
    attempt = begin(make_quiz([asked]), learner)
    page = browser.get(f"/fa/attempts/{attempt.public_id}/").text
    assert '<span lang="en" dir="ltr">Which one?' in page
    assert '<label class="choice" lang="en" dir="ltr">' in page
    finish(attempt, {"first-use": ["b"]})
    assert '<span lang="en" dir="ltr">About b.' in browser.get(f"/fa/attempts/{attempt.public_id}/result").text


@pytest.mark.parametrize(
    "form",
    [
        {"client": "", "q1.was": "", "q1.answer": "b"},
        {"client": "../../x", "q1.was": "", "q1.answer": "b"},
        {"q1.was": "", "q1.answer": "b"},
    ],
    ids=str,
)
def test_a_form_without_its_key_is_refused(browser: PageClient, learner: Person, form: dict[str, str]) -> None:
    attempt = begin(make_quiz(), learner)
    browser.post(f"/fa/attempts/{attempt.public_id}/", form, status=400)


def test_hostile_forms_are_answered_and_save_nothing(browser: PageClient, learner: Person) -> None:
    attempt = begin(make_quiz(), learner)
    address = f"/fa/attempts/{attempt.public_id}/"
    for status, form in (
        (422, {"client": "a", "q1.was": "", "q1.answer": "z"}),
        (422, {"client": "a", "q4.was": "", "q4.answer": "ن" * 100_000}),
        (303, {"client": "a", "q999.was": "", "q999.answer": "a", "flag": "999"}),
        (303, {"client": "a", "q1.answer": "b", "flag": "۱"}),
        (303, {"client": "a", "flag": "9" * 40}),
    ):
        browser.post(address, form, status=status)
    assert answers(attempt) == [None] * 5


def test_pages_cost_the_same_however_long_the_quiz(browser: PageClient, learner: Person) -> None:
    def cost(asked: list[dict[str, Any]]) -> list[int]:
        quiz = make_quiz(asked)
        attempt = begin(quiz, learner)
        costs = []
        for path in (f"/fa/quizzes/{quiz.public_id}/", f"/fa/attempts/{attempt.public_id}/"):
            with counted_statements() as seen:
                browser.get(path)
            costs.append(len(seen))
        finish(attempt, RIGHT)
        with counted_statements() as seen:
            browser.get(f"/fa/attempts/{attempt.public_id}/result")
        return [*costs, len(seen)]

    once = questions()
    twice = [*once, *({**asked, "id": f"{asked['id']}-2"} for asked in once)]
    costs = cost(once)
    assert costs == cost(twice)
    assert max(costs) <= 14
