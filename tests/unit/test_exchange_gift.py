"""GIFT and Aiken as people write them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exchange.errors import UnreadableFile
from lms.exchange.items import Verdict
from lms.exchange.reading import Wanted
from lms.quizzes.question_types import Content, type_of
from tests.unit.exchange_files import asked, codes, read_text

GIFT = Wanted(format="gift", language="en")


@pytest.mark.parametrize(
    ("text", "kind", "scoring"),
    [
        ("Who? {=me ~you ~they}", "single_choice", {"correct": ["a"]}),
        ("Which? {~%50%a ~%50%b ~%-50%c}", "multiple_choice", {"correct": ["a", "b"], "partial": True}),
        ("Which? {~%50%a ~%50%b ~c}", "multiple_choice", {"correct": ["a", "b"], "partial": True, "penalty": 0}),
        ("So it is. {TRUE}", "true_false", {"correct": ["true"]}),
        ("So it is. {F#no#yes}", "true_false", {"correct": ["false"]}),
        ("How many? {#3:2}", "numeric", {"answer": 3, "tolerance": 2}),
        ("How many? {#1..5}", "numeric", {"answer": 3, "tolerance": 2}),
        ("How many? {#=100:0 =%50%100:5}", "numeric", {"answer": 100, "tolerance": 0}),
        ("Two? {=two =2}", "short_text", {"accepted": {"a": {"share": 1, "mode": "folded"}}}),
    ],
)
def test_each_type(text: str, kind: str, scoring: dict[str, Any]) -> None:
    (item,) = read_text(text, GIFT).items
    assert asked(item)["type"] == kind
    assert asked(item)["scoring"] == scoring


def test_names_comments_tags_and_escaped_signs() -> None:
    text = "// [id:x] [tag:پایه] \n// more\n::Name\\: one::What is 2\\=1\\+1 \\{x\\}\\nnext?{=a\\~b#good\\#1 ~c}\n"
    (item,) = read_text(text, Wanted(language="en")).items
    question = asked(item)
    assert item.name == "Name: one"
    assert question["tags"] == ["پایه"]
    assert question["text"]["en"] == {
        "prompt": "What is 2=1\\\\+1 {x}\\\nnext?",
        "options": {"a": "a~b", "b": "c"},
        "feedback": {"a": "good#1"},
    }


def test_the_missing_word_is_shown_as_a_line() -> None:
    (item,) = read_text("Two plus {=two =2} equals four.", GIFT).items
    assert asked(item)["text"]["en"]["prompt"] == "Two plus _____ equals four."
    assert codes(item) == {"gap_marked"}


def test_blank_lines_within_braces_and_categories() -> None:
    text = "$CATEGORY: $course$/top/تاریخ\n\nکدام؟ {\n=الف\n\n~ب\n}\n\nاین نوشته است.\n"
    first, second = read_text(text).items
    assert asked(first)["tags"] == ["تاریخ"]
    assert second.verdict is Verdict.DROPPED
    assert codes(second) >= {"not_a_question"}


def test_languages_in_braces_that_nobody_escaped() -> None:
    (item,) = read_text("{mlang fa}چه؟{mlang}{mlang en}What?{mlang} {=a ~b}", Wanted(format="gift")).items
    assert {code: part["prompt"] for code, part in asked(item)["text"].items()} == {"fa": "چه؟", "en": "What?"}


def test_aiken_with_letters_of_three_scripts() -> None:
    persian = "شبکه چیست؟\nالف) پیوند\nب) ساختمان\nپاسخ: ب\n\n"
    text = f"{persian}What is it?\nA. a tie\nB) a house\nANSWER: A\n\nWhy?\nA) x\nB) y\n"
    first, second, third = read_text(text, name="aiken.txt").items
    assert asked(first)["scoring"] == {"correct": ["b"]}
    assert asked(first)["text"]["fa"]["options"] == {"a": "پیوند", "b": "ساختمان"}
    assert asked(second)["text"]["en"]["prompt"] == "What is it?"
    assert codes(third) == {"no_right_answer"}


@given(st.text(alphabet="{}=~#:%\\->\n $/*[]mlang fa0123456789.ABC", max_size=120))
def test_nonsense_never_breaks_the_reader(text: str) -> None:
    try:
        reading = read_text(text, GIFT)
    except UnreadableFile:
        return
    for item in reading.items:
        assert (item.question is None) == (item.verdict is Verdict.DROPPED)
        if item.question is not None:
            content = Content.of(item.question)
            assert not [f for f in type_of(item.question["type"]).check(content) if not f.where.startswith("text.")]
