"""One quiz of every type, taken without scripts, graded and looked at in each language."""

import re
from typing import Any

import pytest
from flask import Flask

from lms.db import db
from lms.quizzes.checks import check_quiz
from lms.quizzes.models import Attempt
from lms.quizzes.queries import questions_of
from lms.quizzes.question_types import CORE_TYPES
from lms.training.checks import check_tree
from lms.training.tree import read_tree, write_tree
from tests.conftest import LANGUAGES
from tests.every_type import PARTLY, quiz, right, tree
from tests.factories import make_person
from tests.page import PageClient
from tests.quizzes import begin, make_quiz
from tests.sent_forms import form_in

ASKED = quiz()["questions"]
HALF = {
    "terms": {"a": ["p"]},
    "steps": {"a": ["1"], "b": ["2"]},
    "sentence": {"g2": ["b"]},
    "kinds": {"a": ["u"]},
    "mood": {"a": ["2"]},
}
"""Answers that leave something out."""
UNASKED = {kind.key for kind in CORE_TYPES if kind.by_hand}
"""Types that people grade: with them, nothing would be marked at once."""


def fields_of(given: dict[str, dict[str, list[str]]]) -> dict[str, list[str]]:
    """The fields of an attempt's form that hold answers by question."""
    at = {question["id"]: number for number, question in enumerate(ASKED, 1)}
    return {f"q{at[key]}.{part}": values for key, parts in given.items() for part, values in parts.items()}


def take(client: PageClient, given: dict[str, dict[str, list[str]]], language: str) -> tuple[Attempt, str]:
    """Answer through the page's form, submit; gives the attempt and its result page."""
    person = make_person(language=language)
    attempt = begin(make_quiz(ASKED, show_key="after_each", attempts=0), person, language=language)
    at = f"/{language}/attempts/{attempt.public_id}/"
    shown = form_in(client.sign_in(person).get(at).text)
    client.post(at, {**shown, **fields_of(given), "action": "save"})
    again = form_in(client.get(at).text)
    for name, values in fields_of(given).items():
        assert again[name] in (values, values[0]), "what was saved is shown again"
    page = client.follow(client.post(f"{at}submit")).text
    db.session.expire_all()
    return attempt, page


def test_the_module_is_whole_and_asks_every_type(tmp_path: Any) -> None:
    assert check_tree(tree()) == []
    write_tree(tree(), tmp_path / "every-type")
    assert read_tree(tmp_path / "every-type") == tree()
    assert list(check_quiz(quiz(), list(LANGUAGES), "")) == []
    assert {question["type"] for question in ASKED} >= {kind.key for kind in CORE_TYPES} - UNASKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_answers_get_the_full_mark(client: PageClient, language: str) -> None:
    attempt, page = take(client, {question["id"]: right(question["id"], language) for question in ASKED}, language)
    assert [asked.fraction for asked in questions_of(attempt) if asked.mark] == [1] * sum(q["mark"] > 0 for q in ASKED)
    assert attempt.mark == attempt.max_mark
    assert "badge-expired" not in page
    assert "filled-no" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_she_submits_she_is_led_to_what_is_answered_in_part(client: PageClient, language: str) -> None:
    person = make_person(language=language)
    at = f"/{language}/attempts/{begin(make_quiz(ASKED), person, language=language).public_id}/"
    shown = form_in(client.sign_in(person).get(at).text)
    whole = {question["id"]: right(question["id"], language) for question in ASKED}
    client.post(at, {**shown, **fields_of({**whole, **HALF}), "action": "submit"})
    _before, heading, section = client.get(f"{at}submit").text.partition('<h2 id="partly">')
    assert heading
    numbers = {int(found) for found in re.findall(r'href="[^"]*#q(\d+)"', section.partition("</section>")[0])}
    assert {ASKED[number - 1]["id"] for number in numbers} == set(HALF)
    shown = form_in(client.get(at).text)
    client.post(at, {**shown, **fields_of(whole), "action": "submit"})
    assert 'id="partly"' not in client.get(f"{at}submit").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_partly_right_answers_get_a_share_and_the_key_is_shown(client: PageClient, language: str) -> None:
    attempt, page = take(client, PARTLY, language)
    shares = {ASKED[asked.position - 1]["id"]: asked.fraction or 0 for asked in questions_of(attempt)}
    assert {key for key, share in shares.items() if 0 < share < 1} == set(PARTLY)
    assert "filled-no" in page
    for question in ASKED:
        said = question["text"][language].get("feedback", {})
        if question["id"] in PARTLY and "partly" in said:
            assert said["partly"] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_answered_is_shown_too(client: PageClient, language: str) -> None:
    attempt, page = take(client, {}, language)
    assert attempt.mark == 0
    assert "filled-key" in page


def test_what_makes_no_sense_is_told_at_its_question(client: PageClient) -> None:
    person = make_person(language="en")
    attempt = begin(make_quiz(ASKED), person)
    at = f"/en/attempts/{attempt.public_id}/"
    shown = form_in(client.sign_in(person).get(at).text)
    twice = fields_of({"steps": {"a": ["1"], "b": ["1"]}, "terms": {"a": ["p"]}})
    page = client.post(at, {**shown, **twice, "action": "save"}, 422).text
    assert "Two items have place 1" in page
    assert form_in(page)["q7.b"] == "1"
    saved = {asked.position for asked in questions_of(attempt) if asked.answer}
    assert saved == {6}


def test_what_the_learner_gets_does_not_hold_the_key(app: Flask, client: PageClient) -> None:
    person = make_person(language="en")
    attempt = begin(make_quiz(ASKED), person)
    page = client.sign_in(person).get(f"/en/attempts/{attempt.public_id}/").text
    assert "cooperation" not in page.partition("<form")[2].replace("lasting cooperation of organizations", "")
    assert 'value="network"' not in page
    assert "shares" not in page
