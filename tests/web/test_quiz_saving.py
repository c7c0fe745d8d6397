"""Saving by script: PUT of one answer, and its receipt."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.clock import now
from lms.db import db
from lms.quizzes.models import Attempt, AttemptState, Response
from lms.quizzes.queries import questions_of
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.quizzes import begin, finish, make_quiz, questions


@pytest.fixture
def learner() -> Person:
    return make_person(language="fa", digits="arabext")


@pytest.fixture
def browser(client: PageClient, learner: Person) -> PageClient:
    return client.sign_in(learner)


@pytest.fixture
def attempt(learner: Person) -> Attempt:
    return begin(make_quiz(), learner)


def put(browser: PageClient, attempt: Attempt, position: int, *values: str, status: int = 200, **sent: Any) -> Any:
    body = {"given": {"answer": list(values)}, "client": "one", "sequence": 1, **sent}
    language = body.pop("language", "fa")
    return browser.put(f"/{language}/attempts/{attempt.public_id}/responses/{position}", status, json=body).json


def answer(attempt: Attempt, position: int = 1) -> Any:
    return questions_of(attempt)[position - 1].answer


def received() -> int:
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_says_what_the_server_has_and_since_when(
    browser: PageClient, attempt: Attempt, language: str
) -> None:
    receipt = put(browser, attempt, 1, "b", language=language)
    assert receipt["accepted"]
    assert receipt["answered"]
    assert receipt["saved_at"].endswith("+00:00")
    assert set("۰۱۲۳۴۵۶۷۸۹") & set(receipt["time"]), "in the reader's digits"
    assert answer(attempt) == {"options": ["b"]}
    assert questions_of(attempt)[0].language == language


def test_the_same_key_gets_the_same_receipt(browser: PageClient, attempt: Attempt) -> None:
    assert put(browser, attempt, 1, "b") == put(browser, attempt, 1, "b")
    assert received() == 1


def test_an_older_answer_that_comes_late_is_received_and_does_not_count(browser: PageClient, attempt: Attempt) -> None:
    put(browser, attempt, 1, "b", sequence=2)
    assert not put(browser, attempt, 1, "a", sequence=1)["accepted"]
    assert answer(attempt) == {"options": ["b"]}


def test_a_key_with_another_answer_is_a_conflict(browser: PageClient, attempt: Attempt) -> None:
    put(browser, attempt, 1, "b")
    assert put(browser, attempt, 1, "a", status=409)["detail"]


def test_an_answer_can_be_taken_back(browser: PageClient, attempt: Attempt) -> None:
    put(browser, attempt, 2, "a", "c")
    assert not put(browser, attempt, 2, sequence=2)["answered"]
    assert answer(attempt, 2) is None


def test_another_persons_attempt_does_not_exist(browser: PageClient) -> None:
    put(browser, begin(make_quiz(), make_person()), 1, "b", status=404)


def test_who_is_not_signed_in_is_asked_to(client: PageClient, attempt: Attempt) -> None:
    put(client, attempt, 1, "b", status=401)
    assert answer(attempt) is None


def test_without_a_token_against_forgery_nothing_is_saved(browser: PageClient, attempt: Attempt) -> None:
    browser.app.config["WTF_CSRF_ENABLED"] = True
    response = browser.http.put(f"/fa/attempts/{attempt.public_id}/responses/1", json={"given": {"answer": ["b"]}})
    assert response.status_code == 400
    assert answer(attempt) is None


def test_after_submitting_nothing_is_saved(browser: PageClient, learner: Person, attempt: Attempt) -> None:
    finish(attempt, {})
    put(browser, attempt, 1, "b", status=409)
    assert answer(attempt) is None


def test_after_the_deadline_the_answer_is_refused_and_the_attempt_closed(browser: PageClient, learner: Person) -> None:
    late = begin(make_quiz(time_limit=10), learner, now() - timedelta(hours=1))
    assert "وقت" in put(browser, late, 1, "b", status=409)["detail"]
    db.session.refresh(late)
    assert late.state == AttemptState.GRADED
    assert received() == 0


@pytest.mark.parametrize("position", ["0", "6", "1000", "9" * 30])
def test_a_question_that_is_not_asked_does_not_exist(browser: PageClient, attempt: Attempt, position: str) -> None:
    put(browser, attempt, position, "b", status=404)  # type: ignore[arg-type]


HOSTILE: list[Any] = [
    None,
    [],
    "b",
    {},
    {"given": ["b"]},
    {"given": {"answer": "b"}},
    {"given": {"answer": [1]}},
    {"given": {"answer": ["z"]}},
    {"given": {"answer": ["\ud800"]}},
    {"given": {"answer": ["b"] * 101}},
    {"given": {str(n): [] for n in range(61)}},
    {"client": 7},
    {"client": "a b"},
    {"client": "\x00"},
    {"client": "x" * 37},
    {"sequence": "1"},
    {"sequence": True},
    {"sequence": -1},
    {"sequence": 2**63},
]


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: json.dumps(change)[:40])
def test_what_makes_no_sense_is_refused(browser: PageClient, attempt: Attempt, change: Any) -> None:
    whole = {"given": {"answer": ["b"]}, "client": "one", "sequence": 1}
    body = {**whole, **change} if change and isinstance(change, dict) else change
    browser.put(f"/fa/attempts/{attempt.public_id}/responses/1", 422, json=body)
    assert received() == 0


def test_what_is_no_json_or_too_large_is_refused(browser: PageClient, attempt: Attempt) -> None:
    address = f"/fa/attempts/{attempt.public_id}/responses/1"
    json_type = "application/json"
    browser.put(address, 422, data=b"{", content_type=json_type)
    browser.put(address, 422, data=b'{"given": {"answer": ["\xff"]}}', content_type=json_type)
    browser.put(address, 422, data=b"given=b")
    browser.put(address, 413, data=b" " * 100_000 + b"{}", content_type=json_type)
    put(browser, attempt, 4, "ن" * 1001, status=422)
    assert received() == 0


def test_digits_of_any_script_and_marks_of_direction(browser: PageClient, attempt: Attempt) -> None:
    put(browser, attempt, 5, "\u200f۸ ")
    assert answer(attempt, 5) == {"text": "۸", "number": "8"}


def test_saving_costs_four_statements_however_long_the_quiz(browser: PageClient, learner: Person) -> None:
    twice = [*questions(), *({**asked, "id": f"{asked['id']}-2"} for asked in questions())]
    for asked in (questions(), twice):
        attempt = begin(make_quiz(asked), learner)
        with counted_statements() as seen:
            put(browser, attempt, 1, "b")
        spent = [statement for statement in seen if not statement.startswith(("BEGIN", "PRAGMA"))]
        assert [statement.split()[0] for statement in spent].count("INSERT") == 1
        assert [statement.split()[0] for statement in spent].count("UPDATE") == 1
        assert len(spent) <= 6, spent
