"""Written into another format and read again, a question is the same; what a format cannot hold is said."""

import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lms.exchange.items import Verdict
from lms.exchange.reading import Wanted, read_questions
from lms.exchange.writing import write_questions
from lms.quizzes.question_types import Content, type_of
from tests.unit import exchanged

FORMULA = re.compile(r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)

OF_BOTH: st.SearchStrategy[dict[str, Any]] = st.one_of(
    exchanged.choices(several=False),
    exchanged.choices(several=True),
    exchanged.statements(),
    exchanged.numbers(),
    exchanged.spellings(),
    exchanged.pairings(),
)
OF_MOODLE: st.SearchStrategy[dict[str, Any]] = st.one_of(OF_BOTH, exchanged.orderings(), exchanged.gapped())


def there_and_back(question: dict[str, Any], format: str) -> None:  # noqa: A002
    assert not type_of(question["type"]).check(Content.of(question))
    written = write_questions([question], format)
    (sent,) = written.items
    assert sent.verdict is not Verdict.DROPPED, sent.notes
    only = next(iter(question["text"])) if len(question["text"]) == 1 else ""
    reading = read_questions(written.body, "file", Wanted(format=format, language=only))
    (back,) = reading.items
    assert back.question is not None, (back.notes, written.body.decode())
    if sent.verdict is Verdict.TAKEN:
        assert exchanged.same(back.question) == exchanged.same(question), written.body.decode()
        # Signs that stand there as signs look like a formula to Moodle: they are kept, and that is said.
        looks_like_one = {"formula_kept_as_typed"} if FORMULA.search(written.body.decode()) else set()
        assert {note.code for note in back.notes} <= looks_like_one, back.notes
        assert looks_like_one or back.verdict is Verdict.TAKEN


@settings(max_examples=300, deadline=None)
@given(OF_MOODLE)
def test_moodle_xml_carries_questions_there_and_back(question: dict[str, Any]) -> None:
    there_and_back(question, "moodle")


def test_signs_that_look_like_a_formula_are_kept() -> None:
    text = {"fa": {"prompt": "پ", "options": {"a": "پ", "b": r"پ\\(3\\)"}, "feedback": {}}}
    there_and_back(
        exchanged.question("single_choice", {"options": ["a", "b"]}, {"correct": ["a"]}, text),
        "moodle",
    )


@settings(max_examples=300, deadline=None)
@given(OF_BOTH)
def test_gift_carries_questions_there_and_back(question: dict[str, Any]) -> None:
    assume(question["type"] != "short_text" or "->" not in str(question["text"]))  # dropped, and said: see below
    there_and_back(question, "gift")


@pytest.mark.parametrize("format", ["gift", "moodle"])
def test_what_a_format_cannot_hold_is_said(format: str) -> None:  # noqa: A002
    asked = {"id": "x", "type": "crossword", "mark": 1, "structure": {}, "scoring": {}, "text": {"fa": {"prompt": "؟"}}}
    written = write_questions([asked], format)
    assert [item.verdict for item in written.items] == [Verdict.DROPPED]
    assert written.items[0].notes[0].code == "type_unknown"


def test_an_arrow_among_short_answers_does_not_become_a_pair() -> None:
    text = {"en": {"prompt": "What?", "accepted": {"a": ["a -> b"]}}}
    rules = {"accepted": {"a": {"share": 1, "mode": "folded"}}}
    asked = exchanged.question("short_text", {"accepted": ["a"]}, rules, text)
    assert [note.code for note in write_questions([asked], "gift").items[0].notes] == ["format_cannot"]
    there_and_back(asked, "moodle")
