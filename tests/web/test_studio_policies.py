"""The optional rules of a quiz, written in the studio."""

from typing import Any

import pytest

from lms.quizzes.models import QuizVersion
from lms.training.models import DraftPart
from tests.page import PageClient
from tests.sent_forms import form_in
from tests.studio import Studio, make_trainer, reloaded


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()))


@pytest.fixture
def quiz(studio: Studio) -> DraftPart:
    return studio.add_part(studio.new_module(), "quiz")


def test_every_rule_is_kept_and_shown_again(studio: Studio, quiz: DraftPart) -> None:
    day = {"opens-day": "۱", "opens-month": "1", "opens-year": "۱۴۰۵"}
    last = {"closes-day": "۳۱", "closes-month": "1", "closes-year": "۱۴۰۵"}
    rules: dict[str, Any] = {
        "grade_rule": "average",
        "delay": "۲",
        "delay_unit": "days",
        "time_limit": "۳۰",
        "late": "۱۵",
    }
    studio.write(quiz, {}, **rules | day | last, feedback="after_closing", page_size="۱", certainty="y")
    assert reloaded(quiz).settings == {
        "pass_mark": 70,
        "attempts": 3,
        "shuffle": True,
        "show_key": "after_last_attempt",
        "time_limit": 30,
        "late": 15,
        "delay": 2880,
        "opens": "2026-03-21",
        "closes": "2026-04-20",
        "grade_rule": "average",
        "feedback": "after_closing",
        "certainty": True,
        "page_size": 1,
    }
    fields = studio.fields(quiz)
    assert (fields["delay"], fields["delay_unit"]) == ("۲", "days")
    assert (fields["closes-day"], fields["closes-year"]) == ("۳۱", "۱۴۰۵")
    studio.write(quiz, {}, grade_rule="best", delay="", closes="", feedback="after_submission")
    assert {"grade_rule", "delay", "feedback"}.isdisjoint(reloaded(quiz).settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"delay": "91", "delay_unit": "days"},
        {"feedback": "after_closing"},
        {"opens": "2026-03-22", "closes": "2026-03-21"},
        {"page_size": "0"},
        {"late": "x"},
    ],
)
def test_what_cannot_be_is_shown_again(studio: Studio, quiz: DraftPart, wrong: dict[str, Any]) -> None:
    page = studio.write(quiz, {}, 422, **wrong)
    assert 'class="error"' in page
    assert "delay" not in reloaded(quiz).settings


def test_questions_are_drawn_by_the_tags_that_they_have(studio: Studio, quiz: DraftPart) -> None:
    for tags in ("شبکه", "شبكه، پول", "پول"):
        item = studio.add_item(quiz, "true_false")
        address = studio.at(f"questions/{item.public_id}/")
        studio.client.post(address, {**form_in(studio.client.get(address).text), "tags": tags})
    fields = studio.fields(quiz)
    assert fields["draws-tag"] == ["شبکه", "پول"]
    studio.client.post(studio.address(quiz), {**fields, "draws-count": ["۱", ""], "do": "save"})
    assert reloaded(quiz).settings["draws"] == [{"tag": "شبکه", "count": 1}]
    studio.client.post(studio.address(quiz), {**fields, "draws-count": ["one", ""], "do": "save"}, 422)
    studio.client.post(studio.address(quiz), {**fields, "draws-count": ["", ""], "do": "save"})
    assert "draws" not in reloaded(quiz).settings


def test_what_is_published_has_the_rules(studio: Studio) -> None:
    from tests.quizzes import make_quiz, questions

    asked = [{**question, "tags": ["شبکه"]} for question in questions()]
    quiz: QuizVersion = make_quiz(asked, delay=60, closes="2026-04-20", draws=[{"tag": "شبکه", "count": 2}], late=5)
    assert (quiz.delay, quiz.late, str(quiz.closes_on), quiz.opens_on) == (60, 5, "2026-04-20", None)
    assert quiz.draws == [{"tag": "شبکه", "count": 2}]
    assert [asked.tags for asked in quiz.questions] == [["شبکه"]] * 5
