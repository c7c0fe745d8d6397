"""A question type of another's making, with several fields a question, goes the whole way as ours do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from flask import Flask, current_app

from lms.accounts.models import Person
from lms.db import db
from lms.errors import DomainError
from lms.quizzes.models import Attempt
from lms.quizzes.queries import questions_of
from lms.quizzes.question_types import (
    Answer,
    AuthorField,
    Content,
    Fault,
    Given,
    Grade,
    QuestionType,
    register_types,
    registry,
)
from tests.factories import make_person
from tests.page import PageClient
from tests.quizzes import begin, make_quiz, question

FORM = """
<fieldset><legend>{{ q.prompt }}</legend>
{% for left in q.structure.left %}<label>{{ q.text.left[left] }}
<select name="{{ q.name(left) }}"><option value=""></option>
{% for right in q.order %}<option{% if q.value(left) == right %} selected{% endif %}>{{ right }}</option>{% endfor %}
</select></label>{% endfor %}</fieldset>
"""
REVIEW = "<ul>{% for said in r.said %}<li>{{ said }}</li>{% endfor %}</ul>"


class Matching(QuestionType):
    """Pairs: each left one has its right one."""

    key = "test_matching"
    label = "Matching"
    inline = ("prompt", "left")
    answer_schema = {"type": "object", "additionalProperties": {"type": "string"}}

    @property
    def answer_template(self) -> Any:  # type: ignore[override]
        return current_app.jinja_env.from_string(FORM)

    @property
    def review_template(self) -> Any:  # type: ignore[override]
        return current_app.jinja_env.from_string(REVIEW)

    def faults(self, content: Content) -> Iterator[Fault]:
        if not content.scoring.get("pairs"):
            yield Fault("scoring.pairs", "no pairs")

    def options_of(self, structure: Mapping[str, Any]) -> list[str]:
        return list(structure["right"])

    def read_answer(self, structure: Mapping[str, Any], given: Given) -> Answer | None:
        found = {left: next(iter(given.get(left, ())), "") for left in structure["left"]}
        if any(right and right not in structure["right"] for right in found.values()):
            raise DomainError("Choose from the list.")
        return {left: right for left, right in found.items() if right} or None

    def given(self, answer: Answer) -> Given:
        return {left: [right] for left, right in answer.items()}

    def grade(self, content: Content, answer: Answer, language: str) -> Grade:
        pairs = content.scoring["pairs"]
        parts = {left: pairs[left] == right for left, right in answer.items()}
        return Grade(sum(parts.values()) / len(pairs), parts=parts)

    def correct_answer(self, content: Content, language: str) -> Answer:
        return dict(content.scoring["pairs"])

    def describe(self, answer: Answer, text: Mapping[str, Any]) -> list[str]:
        return [f"{left}={right}" for left, right in sorted(answer.items())]

    def summary_keys(self, answer: Answer) -> Iterable[str]:
        return self.describe(answer, {})

    def author_fields(self, content: Content, languages: Sequence[str]) -> list[AuthorField]:
        return []

    def from_author_form(self, given: Given, before: Content) -> Content:
        return before


@pytest.fixture
def attempt(app: Flask) -> Iterator[Attempt]:
    register_types([Matching()])
    structure = {"left": ["x", "y"], "right": ["one", "two", "three"]}
    text = {"left": {"x": "First", "y": "Second"}}
    asked = question("pairs", Matching.key, structure, {"pairs": {"x": "one", "y": "two"}}, **text)
    yield begin(make_quiz([asked], shuffle=True), make_person(language="en"))
    registry._types.pop(Matching.key, None)


def test_it_is_shown_saved_graded_and_reviewed(client: PageClient, attempt: Attempt) -> None:
    client.sign_in(db.session.get_one(Person, attempt.person_id))
    address = f"/en/attempts/{attempt.public_id}/"
    assert "First" in client.get(address).text
    client.post(address, {"client": "a", "q1.was": "", "q1.x": "four", "q1.y": ""}, status=422)
    client.post(address, {"client": "a", "q1.was": "", "q1.x": "one", "q1.y": "three", "action": "save"})
    assert questions_of(attempt)[0].answer == {"x": "one", "y": "three"}
    assert "<option selected>three" in client.get(address).text
    sent = {"given": {"x": ["one"], "y": ["three"]}, "client": "b", "sequence": 1}
    client.put(f"{address}responses/1", json=sent)
    result = client.follow(client.post(f"{address}submit")).text
    assert "0.5 of 1" in result
    assert "<li>y=three</li>" in result


def test_when_it_is_taken_away_the_attempt_waits_and_says_so(client: PageClient, attempt: Attempt) -> None:
    client.sign_in(db.session.get_one(Person, attempt.person_id))
    address = f"/en/attempts/{attempt.public_id}/"
    client.post(address, {"client": "a", "q1.was": "", "q1.x": "one", "action": "save"})
    registry._types.pop(Matching.key)
    assert "not installed" in client.get(address, status=409).text
    client.post(address, {"client": "a", "q1.was": "", "q1.x": "one"}, status=409)
    client.post(f"{address}submit", status=409)
    client.put(f"{address}responses/1", 409, json={"given": {}, "client": "b", "sequence": 1})
