"""What keeps a quiz from being published."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from lms.plugins.registry import enabled_plugins
from lms.quizzes.checks import check_quiz
from lms.quizzes.question_types import Content, type_of
from lms.quizzes.tags import read_tags
from lms.training.shapes import QUIZ, misshapen
from lms.training.sync import content_of
from tests.quizzes import case_study, questions, quiz_file
from tests.unit.question_content import json_values


def problems(quiz: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in check_quiz(quiz, ["fa", "ar", "en"], "quizzes/final.json")]


def test_a_whole_quiz_has_no_problem() -> None:
    assert problems(quiz_file()) == []


@pytest.mark.parametrize(
    "rules",
    [
        {"questions": []},
        {"pass_mark": 101},
        {"attempts": -1},
        {"show_key": "always"},
        {"time_limit": 0},
        {"late": -1},
        {"delay": 90 * 24 * 60 + 1},
        {"page_size": 0},
        {"grade_rule": "worst"},
        {"feedback": "sometimes"},
        {"feedback": "after_closing"},
        {"opens": "1405-01-40"},
        {"closes": "20260321"},
        {"opens": "2026-03-22", "closes": "2026-03-21"},
        {"draws": [{"tag": "شبکه", "count": 1}]},
        {"draws": [{"tag": "a", "count": 0}], "questions": [{**questions()[0], "tags": ["a"]}]},
        {"draws": [{"tag": "a", "count": 1}] * 2, "questions": [{**questions()[0], "tags": ["a"]}]},
        {"questions": [questions()[0], questions()[0]]},
        {"questions": [{**questions()[0], "type": "crossword"}]},
        {"questions": [{**questions()[0], "mark": 0}]},
        {"questions": [{**questions()[0], "text": {"fa": questions()[0]["text"]["fa"]}}]},
        {"questions": [{**questions()[0], "scoring": {"correct": ["z"]}}]},
    ],
    ids=str,
)
def test_what_is_wrong_is_told_with_its_place(rules: dict[str, Any]) -> None:
    found = problems(quiz_file(**rules))
    assert found
    assert all(line.startswith("quizzes/final.json") for line in found)


@given(st.fixed_dictionaries({"structure": json_values, "scoring": json_values, "text": json_values}))
def test_checking_bears_any_content(content: dict[str, Any]) -> None:
    assert problems(quiz_file([{**asked, **content} for asked in questions()]))


def test_every_key_of_the_kit_gets_the_full_mark(app: Flask) -> None:
    asked = [
        question
        for plugin in enabled_plugins(app)
        for tree in content_of(plugin).trees
        for quiz in tree.quizzes.values()
        for question in quiz["questions"]
    ]
    assert asked
    for question in asked:
        kind, content = type_of(question["type"]), Content.of(question)
        for language in ("fa", "ar", "en"):
            key = kind.correct_answer(content, language)
            assert key is None or kind.grade(content, key, language).fraction == 1


@pytest.mark.parametrize(
    "tags",
    [["شبکه", "شبكه"], ["x"] * 2, [""], ["a\nb"], ["x" * 41], [f"tag {n}" for n in range(21)]],
    ids=["in two spellings", "twice", "empty", "two lines", "too long", "too many"],
)
def test_wrong_tags_keep_a_quiz_from_being_published(tags: list[str]) -> None:
    assert len(problems({**quiz_file(), "questions": [{**questions()[0], "tags": tags}]})) == 1


def test_tags_are_read_from_a_line() -> None:
    assert read_tags("شبکه‌سازی، كمک; شبكه سازی ,  کمک,,NGO") == ["شبکه‌سازی", "كمک", "شبكه سازی", "NGO"]
    assert problems({**quiz_file(), "questions": [{**questions()[0], "tags": ["شبکه", "NGO"]}]}) == []


def test_a_question_that_two_draws_could_take_keeps_a_quiz_from_being_published() -> None:
    asked = [{**questions()[0], "tags": ["a", "b"]}]
    draws = [{"tag": "a", "count": 1}, {"tag": "b", "count": 1}]
    assert len(problems(quiz_file(asked, draws=draws))) == 1


def pooled(count: int, **more: Any) -> dict[str, Any]:
    """A quiz that draws from a pool of all its questions but the first."""
    asked = [{**each, "pool": "p1"} if at else each for at, each in enumerate(questions())]
    return quiz_file(asked, pools=[{"id": "p1", "count": count, **more}])


@pytest.mark.parametrize(
    ("quiz", "wrong"),
    [
        (pooled(4), 0),
        (pooled(2, folder="quiz-abc", tag="شبکه"), 0),
        (pooled(5), 1),
        (pooled(0), 1),
        (pooled(1, tag=" "), 1),
        ({**pooled(1), "pools": []}, 4),
        ({**pooled(1), "pools": [{"id": "p1", "count": 1}] * 2}, 2),
        ({**pooled(1), "pools": [{"id": f"p{n}", "count": 1} for n in range(1, 22)]}, 21),
    ],
)
def test_a_pool_holds_what_is_drawn_from_it(quiz: dict[str, Any], wrong: int) -> None:
    assert len(problems(quiz)) == wrong
    assert not list(misshapen(quiz, QUIZ, "quiz"))


def test_what_is_asked_about_a_case_is_in_its_pool() -> None:
    asked = [{**case_study(), "pool": "p1"}, {**questions()[0], "in_case": True}]
    quiz = quiz_file(asked, pools=[{"id": "p1", "count": 1}])
    assert len(problems(quiz)) == 1
    asked[1]["pool"] = "p1"
    assert problems(quiz) == []


def test_a_quiz_may_have_every_policy() -> None:
    asked = [{**question, "tags": ["شبکه"]} for question in questions()]
    rules = {"late": 30, "delay": 1440, "opens": "2026-03-21", "closes": "2026-04-20", "grade_rule": "average"}
    more = {"feedback": "after_closing", "certainty": True, "draws": [{"tag": "شبكه", "count": 2}], "page_size": 1}
    assert problems(quiz_file(asked, **rules, **more)) == []
