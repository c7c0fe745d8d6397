"""Moodle XML as Moodle exports it."""

import pytest

from lms.exchange.items import Verdict
from lms.exchange.reading import Wanted
from tests.unit.exchange_files import asked, codes, named, read, read_text

WHOLE = {"matching", "gap_fill", "ordering"}


def test_languages_in_one_text_are_parted() -> None:
    item = named(read("moodle.xml"), "تعریف شبکه")
    question = asked(item)
    assert question["text"]["fa"]["prompt"] == "شبکه **چیست**؟\\\n[نقشه]"
    assert question["text"]["en"]["prompt"] == "What is a **network**?\\\n[نقشه]"
    assert question["text"]["fa"]["options"] == {"a": "پیوند سازمان‌ها", "b": "42"}
    assert question["text"]["en"]["options"] == {"a": "A tie", "b": "42"}
    assert question["mark"] == 2
    assert question["tags"] == ["شبکه‌سازی", "پایه"]
    assert item.verdict is Verdict.CHANGED
    assert codes(item) == {
        "category_as_tag",
        "language_left_out",
        "image_left_out",
        "general_feedback_left_out",
        "hints_left_out",
    }


def test_shares_and_penalties_of_several_right_options() -> None:
    question = asked(named(read("moodle.xml"), "Even numbers"))
    assert question["scoring"] == {"correct": ["a", "b"], "partial": True, "penalty": 1}
    assert question["text"]["en"]["prompt"] == "Which are even?\\\nChoose all."


def test_statements_words_and_numbers() -> None:
    reading = read("moodle.xml")
    statement, word, number = (asked(named(reading, name)) for name in ("Must", "Word", "Number"))
    assert statement["scoring"] == {"correct": ["false"]}
    assert statement["text"]["en"] == {
        "prompt": "Every network must be registered & taxed.",
        "feedback": {"true": "Not so."},
    }
    assert word["text"]["en"]["accepted"] == {"a": ["network", "networks"]}
    assert word["text"]["en"]["feedback"] == {"other": "Read again."}
    assert codes(named(reading, "Word")) == {"category_as_tag", "wildcard_left_out"}
    assert number["scoring"] == {"answer": 3.5, "tolerance": 0.25}
    assert "unit_left_out" in codes(named(reading, "Number"))


def test_pairs() -> None:
    question = asked(named(read("moodle.xml"), "Pairs"))
    assert question["structure"] == {"items": ["i1", "i2"], "matches": ["m1", "m2", "m3"]}
    assert question["scoring"] == {"pairs": {"i1": "m1", "i2": "m2"}}
    assert question["text"]["en"]["matches"]["m3"] == "nobody meets"
    assert question["text"]["en"]["feedback"] == {"right": "All right."}


def test_gaps() -> None:
    reading = read("moodle.xml")
    cloze, select = asked(named(reading, "Gaps")), asked(named(reading, "Select"))
    assert cloze["text"]["en"]["prompt"] == "Fill in."
    assert cloze["text"]["en"]["passage"] == "Water is [[g1]] and [[g2]]."
    assert cloze["text"]["en"]["accepted"] == {"g1": {"a": ["wet"], "b": ["fluid"]}}
    assert cloze["text"]["en"]["options"] == {"g2": {"a": "clear", "b": "muddy"}}
    assert cloze["scoring"]["gaps"]["g1"]["shares"] == {"a": 1, "b": 0.5}
    assert cloze["scoring"]["gaps"]["g2"] == {"shares": {"a": 1}, "weight": 2}
    assert select["text"]["en"]["passage"] == "The [[g1]] sat on the [[g2]]."
    assert select["text"]["en"]["prompt"] == "Fill in the gaps."
    assert select["text"]["en"]["options"]["g2"] == {"a": "mat", "b": "hat"}


def test_ordering() -> None:
    question = asked(named(read("moodle.xml"), "Steps"))
    assert question["scoring"] == {"order": ["i1", "i2", "i3"], "credit": "adjacent"}
    assert question["text"]["en"]["items"] == {"i1": "Invite", "i2": "Meet", "i3": "Decide"}


@pytest.mark.parametrize(
    ("name", "code"), [("Sum", "type_unknown"), ("Intro", "not_a_question"), ("No key", "no_right_answer")]
)
def test_what_cannot_be_taken_says_why(name: str, code: str) -> None:
    item = named(read("moodle.xml"), name)
    assert item.verdict is Verdict.DROPPED
    assert item.question is None
    assert code in codes(item)
    assert all(str(note) for note in item.notes)


@pytest.mark.parametrize(
    "broken",
    [
        '<quiz><question type="truefalse"><name><text>A & B</text></name><questiontext><text>x&nbsp;y</text>'
        '</questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text>'
        "</answer></question></quiz>",
        '<?xml version="1.0" encoding="windows-1256"?>\n<quiz><question type="truefalse"><name><text>A & B</text>'
        "</name><questiontext><text>x \x0b y</text></questiontext>"
        '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
        "</question></quiz>",
    ],
    ids=["entities of HTML", "signs that XML forbids"],
)
def test_mistakes_in_xml_are_mended(broken: str) -> None:
    (item,) = read_text(broken, Wanted(language="en"), "q.xml").items
    assert asked(item)["text"]["en"]["prompt"] == "x y"
    assert item.name == "A & B"
