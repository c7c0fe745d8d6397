"""What every question type keeps, whatever the question and the answer."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import DomainError
from lms.quizzes.question_types import CORE_TYPES, MAIN, Content, QuestionType, find_type, register_types, type_of
from lms.quizzes.question_types.registry import UnknownType
from tests.unit.question_content import (
    OPTIONS,
    cases,
    choices,
    clozes,
    essays,
    file_questions,
    json_values,
    numbers,
    pairings,
    sequences,
    statements,
    surveys,
    texts,
    words,
)

CONTENTS = {
    "single_choice": choices(most=1),
    "multiple_choice": choices(),
    "true_false": statements,
    "short_text": texts,
    "numeric": numbers,
    "matching": pairings("matching"),
    "ordering": sequences,
    "gap_fill": clozes,
    "categorise": pairings("categorise"),
    "essay": essays,
    "file_upload": file_questions,
    "survey_scale": surveys,
    "case_study": cases,
}
KINDS = {"line", "text", "lines", "number", "one", "many", "pick", "check", "hidden"}
each_type = pytest.mark.parametrize("kind", CORE_TYPES, ids=lambda kind: kind.key)
typed = words | st.integers().map(str) | st.sampled_from([*OPTIONS, "true", "false", "۱۲٫۵"]) | st.text(max_size=20)
forms = st.fixed_dictionaries(
    {MAIN: st.lists(typed, max_size=4)},
    optional={part: st.lists(st.sampled_from([*OPTIONS, *"1234", ""]) | typed, max_size=1) for part in OPTIONS},
)


def answered(kind: QuestionType, content: Content, form: dict[str, list[str]]) -> dict[str, Any] | None:
    try:
        return kind.read_answer(content.structure, form)
    except DomainError:
        return None


@each_type
@given(data=st.data())
def test_a_right_answer_leaves_nothing_out(kind: QuestionType, data: st.DataObject) -> None:
    content = data.draw(CONTENTS[kind.key])
    correct = kind.correct_answer(content, "fa")
    assert correct is None or kind.is_whole(content.structure, correct)


@pytest.mark.parametrize(("least", "whole"), [({}, True), ({"least_words": 3}, True), ({"least_words": 4}, False)])
def test_a_text_that_is_too_short_leaves_something_out(least: dict[str, int], whole: bool) -> None:
    assert type_of("essay").is_whole(least, {"text": "سه واژهٔ\nاینجا"}) is whole


@each_type
@given(data=st.data())
def test_a_grade_is_a_share_and_what_is_read_can_be_shown_again(kind: QuestionType, data: st.DataObject) -> None:
    content = data.draw(CONTENTS[kind.key])
    answer = answered(kind, content, data.draw(forms))
    if answer is None:
        return
    grade = kind.grade(content, answer, "fa")
    assert 0 <= grade.fraction <= 1
    assert set(grade.feedback) <= set(kind.feedback_keys(content.structure))
    assert kind.read_answer(content.structure, kind.given(answer)) == answer
    assert kind.describe(answer, content.text_in("fa"))
    assert kind.summarize([answer, answer]) == dict.fromkeys(kind.summarize([answer]), 2)
    assert set(kind.answer_schema["required"]) <= set(answer) <= set(kind.answer_schema["properties"])
    assert all(kind.summary_label(key, content.text_in("fa")) for key in kind.summarize([answer]))
    choices = kind.summary_choices(content.structure)
    assert not choices or set(kind.summary_keys(answer)) <= set(choices)


@each_type
@given(data=st.data())
def test_the_key_gets_the_full_mark(kind: QuestionType, data: st.DataObject) -> None:
    content = data.draw(CONTENTS[kind.key])
    assert kind.check(content) == []
    key = kind.correct_answer(content, "fa")
    assert (key is None) == (kind.by_hand or not kind.marked)
    assert key is None or kind.grade(content, key, "fa").fraction == 1


@each_type
@given(data=st.data())
def test_only_the_key_gets_the_full_mark_of_a_choice(kind: QuestionType, data: st.DataObject) -> None:
    if not hasattr(kind, "choices_of"):
        return
    content = data.draw(CONTENTS[kind.key])
    answer = answered(kind, content, data.draw(forms))
    if answer is not None:
        right = set(answer["options"]) == set(content.scoring["correct"])
        assert (kind.grade(content, answer, "fa").fraction == 1) == right


@each_type
@given(data=st.data())
def test_the_studio_gives_back_what_it_was_given(kind: QuestionType, data: st.DataObject) -> None:
    content = data.draw(CONTENTS[kind.key])
    fields = kind.author_fields(content, ["fa", "ar"])
    form = {field.name: field.values for field in fields}
    after = kind.from_author_form({k: v for k, v in form.items() if not k.endswith(".ar")}, content)
    assert kind.check(after) == []
    key = kind.correct_answer(content, "fa")
    assert key is None or kind.grade(after, key, "fa").fraction == 1
    assert key is not None or (after.structure, after.scoring) == (content.structure, content.scoring)
    assert {field.kind for field in fields} <= KINDS


@each_type
@given(question=st.fixed_dictionaries({"structure": json_values, "scoring": json_values, "text": json_values}))
def test_checking_bears_anything(kind: QuestionType, question: dict[str, Any]) -> None:
    assert kind.check(Content.of(question))


@each_type
@given(form=st.dictionaries(st.text(max_size=6), st.lists(st.text(max_size=12), max_size=3), max_size=4))
def test_reading_bears_any_form(kind: QuestionType, form: dict[str, list[str]]) -> None:
    answered(kind, Content({"options": OPTIONS, "accepted": ["full"]}), form)
    answered(kind, Content({}), form)


@each_type
def test_a_hostile_answer_is_refused(kind: QuestionType) -> None:
    structure = {
        "options": OPTIONS,
        "items": OPTIONS,
        "gaps": [{"id": "a", "kind": "typed", "answers": []}],
    }
    with pytest.raises(DomainError):
        kind.read_answer(structure, {MAIN: ["ن" * 100_000], "a": ["ن" * 100_000]})
    assert kind.read_answer(structure, {}) is None


def test_types_register_once() -> None:
    register_types(CORE_TYPES)
    assert type_of("numeric") is find_type("numeric")
    with pytest.raises(UnknownType):
        type_of("crossword")

    class Impostor(type(CORE_TYPES[0])):  # type: ignore[misc]
        pass

    with pytest.raises(ValueError):
        register_types([Impostor()])
