"""Rubrics, essays, surveys and cases: what is particular to them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import DomainError
from lms.quizzes.checks import check_quiz
from lms.quizzes.question_types import Content, type_of
from lms.quizzes.question_types.rubric import criteria_of, points_of, share_of
from lms.quizzes.rubrics import shown_rubric
from lms.quizzes.services.publishing import render_text
from tests.quizzes import CODES, case_study, essay, options, question, quiz_file
from tests.unit.question_content import rubrics, surveys


@given(data=st.data(), rubric=rubrics())
def test_a_verdict_is_the_share_of_the_points_that_can_be_had(data: st.DataObject, rubric: Content) -> None:
    chosen = {found.id: data.draw(st.sampled_from(found.levels)) for found in criteria_of(rubric.structure)}
    share = share_of(rubric, chosen)
    points = {found.id: points_of(rubric.scoring, found) for found in criteria_of(rubric.structure)}
    most = sum(max(found.values()) for found in points.values())
    assert share * most == pytest.approx(sum(points[key][level] for key, level in chosen.items()))
    assert 0 <= share <= 1


@given(rubric=rubrics())
def test_the_best_levels_are_the_full_mark(rubric: Content) -> None:
    best = {}
    for found in criteria_of(rubric.structure):
        points = points_of(rubric.scoring, found)
        best[found.id] = max(points, key=lambda level: points[level])
    assert share_of(rubric, best) == 1


@given(rubric=rubrics())
def test_a_verdict_names_a_level_of_every_criterion(rubric: Content) -> None:
    for chosen in ({}, {found.id: "z" for found in criteria_of(rubric.structure)}):
        with pytest.raises(ValueError):
            share_of(rubric, chosen)


def test_without_a_rubric_an_answer_is_graded_as_a_whole() -> None:
    plain = Content({}, {}, {"fa": {"prompt": "بنویسید."}})
    assert type_of("essay").check(plain) == []
    (criterion,) = criteria_of({})
    assert [share_of(plain, {"overall": level}) for level in criterion.levels] == [0, 0.25, 0.5, 0.75, 1]
    (shown,) = shown_rubric({}, {}, {})
    assert shown.text
    assert all(level.text for level in shown.levels)
    with pytest.raises(ValueError):
        share_of(plain, {})


@pytest.mark.parametrize(
    ("structure", "scoring"),
    [
        ({"criteria": []}, {}),
        ({"criteria": [{"id": "a", "levels": ["a"]}]}, {"points": {"a": {"a": 1}}}),
        ({"criteria": [{"id": "a", "levels": ["a", "b"]}]}, {"points": {"a": {"a": 1}}}),
        ({"criteria": [{"id": "a", "levels": ["a", "b"]}]}, {"points": {"a": {"a": 0, "b": 0}}}),
        ({"criteria": [{"id": "a", "levels": ["a", "b"]}] * 2}, {"points": {"a": {"a": 0, "b": 1}}}),
        (
            {"criteria": [{"id": "a", "levels": ["a", "b"]}], "least_words": 9, "most_words": 3},
            {"points": {"a": {"a": 0, "b": 1}}},
        ),
    ],
    ids=["no criterion", "one level", "no points", "nothing to win", "twice", "lengths"],
)
def test_a_rubric_that_nobody_can_grade_by_is_not_published(structure: Any, scoring: Any) -> None:
    text = {"prompt": "?", "criteria": {"a": "A"}, "levels": {"a": {"a": "l", "b": "h"}}}
    assert type_of("essay").check(Content(structure, scoring, {"fa": text}))


def test_an_essay_keeps_its_lines_and_is_refused_only_where_it_is_longer_than_the_server_keeps() -> None:
    kind = type_of("essay")
    typed = "نخست\n\nدوم  \n" + "واژه " * 3000
    answer = kind.read_answer({"most_words": 5}, {"answer": [typed]})
    assert answer is not None
    assert answer["text"].startswith("نخست\n\nدوم")
    assert kind.read_answer({}, {"answer": [" \n "]}) is None
    with pytest.raises(DomainError):
        kind.read_answer({}, {"answer": ["x" * 20_001]})


@given(data=st.data(), content=surveys)
def test_a_survey_keeps_what_was_ticked_and_nothing_else(data: st.DataObject, content: Content) -> None:
    kind = type_of("survey_scale")
    points = [str(point) for point in range(1, content.structure["points"] + 1)]
    ticked = data.draw(st.dictionaries(st.sampled_from(content.structure["statements"]), st.sampled_from(points)))
    form = {key: [point] for key, point in ticked.items()}
    answer = kind.read_answer(content.structure, form)
    if not ticked:
        assert answer is None
        return
    assert answer is not None
    assert answer["points"] == {key: int(point) for key, point in ticked.items()}
    assert kind.given(answer) == form
    assert kind.grade(content, answer, "fa").fraction == 0
    with pytest.raises(DomainError):
        kind.read_answer(content.structure, {**form, "zz": ["1"]})
    with pytest.raises(DomainError):
        kind.read_answer(content.structure, {next(iter(form)): ["99"]})


def test_a_case_is_shown_as_paragraphs_without_anything_that_runs() -> None:
    shown = render_text("case_study", {"en": {"prompt": "A *case*", "body": "One.\n\nTwo <script>x</script>"}})["en"]
    assert shown["prompt"] == "A <em>case</em>"
    assert shown["body"].count("<p") == 2
    assert "<script" not in shown["body"]


def about(key: str) -> dict[str, Any]:
    asked = question(key, "single_choice", {"options": ["a", "b"]}, {"correct": ["a"]}, **options("a", "b"))
    return {**asked, "in_case": True}


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ([case_study(), about("one"), about("two")], 0),
        ([about("one"), case_study()], 1),
        ([case_study(), essay("free"), about("one")], 1),
        ([{**case_study(), "in_case": True}], 1),
        ([{**case_study(), "mark": 1}, about("one")], 1),
        ([{**essay("free"), "mark": 0}], 1),
    ],
    ids=["right", "before", "parted", "a case in a case", "a case is worth nothing", "an essay is worth something"],
)
def test_questions_about_a_case_stand_after_it(asked: list[dict[str, Any]], wrong: int) -> None:
    assert len(list(check_quiz(quiz_file(asked), list(CODES), "quizzes/final.json"))) == wrong
