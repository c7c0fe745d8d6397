"""What the studio's form makes of questions with parts: gaps written in the text, pairs, order, groups, units."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import DomainError
from lms.quizzes.question_types import Content, type_of
from tests.unit.question_content import OPTIONS, cloze, measured, pairing, sequence, words

EMPTY = Content()
Form = dict[str, list[str]]


def written(kind: str, before: Content, languages: tuple[str, ...] = ("fa",), **typed: Any) -> Content:
    """Open the form of a question, type, save; "." stands as "__" in names."""
    form: Form = {
        found.name: list(found.values)
        for found in type_of(kind).author_fields(before, languages)
        if found.language in (None, *languages)
    }
    changes = {name.replace("__", "."): value if isinstance(value, list) else [value] for name, value in typed.items()}
    return type_of(kind).from_author_form({**form, **changes}, before)


def test_an_answer_in_brackets_becomes_a_gap() -> None:
    made = written(
        "gap_fill", EMPTY, prompt__fa="پر کنید.", passage__fa="هر [[شبکه‌سازی / تشبیک]] [[دو | یک | سه]] دارد."
    )
    assert type_of("gap_fill").check(made) == []
    assert made.text["fa"]["passage"] == "هر [[g1]] [[g2]] دارد."
    assert [gap["kind"] for gap in made.structure["gaps"]] == ["typed", "chosen"]
    assert made.text["fa"]["accepted"]["g1"] == {"a": ["شبکه‌سازی", "تشبیک"]}
    assert made.text["fa"]["options"]["g2"] == {"a": "دو", "b": "یک", "c": "سه"}
    assert made.scoring["gaps"]["g2"]["shares"] == {"a": 1}


def test_the_nth_new_answer_of_one_language_is_the_nth_of_another() -> None:
    both = ("fa", "en")
    typed: dict[str, Any] = {"passage__fa": "[[یک]] و [[دو]]", "passage__en": "[[one]] and [[two]]"}
    made = written("gap_fill", EMPTY, both, prompt__fa="؟", prompt__en="?", **typed)
    assert type_of("gap_fill").check(made) == []
    assert made.text["en"]["accepted"] == {"g1": {"a": ["one"]}, "g2": {"a": ["two"]}}


def test_a_translation_fills_the_gaps_that_wait_for_it() -> None:
    first = written("gap_fill", EMPTY, prompt__fa="؟", passage__fa="[[یک]] و [[دو]]")
    made = written("gap_fill", first, ("en",), prompt__en="?", passage__en="[[one]] and [[two]]")
    assert type_of("gap_fill").check(made) == []
    assert made.text["fa"]["accepted"] == {"g1": {"a": ["یک"]}, "g2": {"a": ["دو"]}}
    assert made.text["en"]["accepted"] == {"g1": {"a": ["one"]}, "g2": {"a": ["two"]}}


def test_a_gap_that_no_text_names_is_gone_and_a_new_one_takes_no_old_name() -> None:
    made = written("gap_fill", cloze(), passage__fa="[[b]] می‌ماند و [[تازه]] می‌آید.")
    assert [gap["id"] for gap in made.structure["gaps"]] == ["b", "g1"]
    assert type_of("gap_fill").check(made) == []


def test_a_typed_gap_becomes_one_to_choose_from() -> None:
    made = written("gap_fill", cloze(), kind__a="chosen", share__a__half="0")
    assert type_of("gap_fill").check(made) == []
    assert made.text["fa"]["options"]["a"] == {"full": "شبکه‌سازی", "half": "چتر"}


@given(st.text("[]| /ab1g\n", max_size=30))
def test_any_passage_can_be_saved_and_saving_again_changes_nothing(passage: str) -> None:
    once = written("gap_fill", cloze(), passage__fa=passage)
    assert written("gap_fill", once) == once


def test_more_gaps_than_a_question_may_have_are_told() -> None:
    made = written("gap_fill", EMPTY, prompt__fa="؟", passage__fa="[[یک]] " * 120)
    assert type_of("gap_fill").check(made)


def test_pairs_keep_their_ids_and_the_same_words_are_one_match() -> None:
    before = pairing("matching", {"a": "p", "b": "q", "c": "p"}, "pqr")
    assert written("matching", before) == before
    made = written("matching", before, match__b__fa="جای p")
    assert made.scoring["pairs"] == {"a": "p", "b": "p", "c": "p"}
    assert "r" in made.structure["matches"]
    apart = written("matching", before, match__c__fa="جای تازه")
    assert apart.scoring["pairs"]["c"] not in ("p", "q", "r")
    assert apart.text["fa"]["matches"]["p"] == "جای p"


@given(st.lists(st.tuples(words, words), min_size=2, max_size=5, unique=True), st.lists(words, max_size=1))
def test_what_is_written_as_pairs_is_asked_as_pairs(pairs: list[tuple[str, str]], extra: list[str]) -> None:
    offered = [*OPTIONS, "e"]
    typed: dict[str, Any] = {"prompt.fa": ["؟"], "items": offered, "extras": ["x"], "partial": ["yes"]}
    for item, (said, match) in zip(offered, pairs, strict=False):
        typed |= {f"item.{item}.fa": [said], f"match.{item}.fa": [match]}
    typed["extra.x.fa"] = extra
    made = type_of("matching").from_author_form(typed, EMPTY)
    texts, key = made.text["fa"], made.scoring["pairs"]
    assert [(texts["items"][item], texts["matches"][key[item]]) for item in made.structure["items"]] == pairs
    assert set(texts["matches"].values()) == {match for _said, match in pairs} | set(extra)


def test_another_order_is_another_key_and_the_same_question() -> None:
    before = sequence("bca")
    moved = written("ordering", before, items=["c", "b", "a"])
    assert moved.structure == before.structure
    assert moved.text == before.text
    assert moved.scoring["order"] == ["c", "b", "a"]


def test_a_group_taken_out_leaves_its_items_to_be_placed() -> None:
    before = pairing("categorise", {"a": "p", "b": "q"}, "pqr")
    assert written("categorise", before) == before
    made = written("categorise", before, groups=["p", "r"])
    assert made.scoring["groups"] == {"a": "p"}
    assert [fault.where for fault in type_of("categorise").check(made)] == ["scoring.groups.b"]


def test_units_are_written_with_their_factors() -> None:
    assert written("numeric", measured(5, unit_missing=0.5)) == measured(5, unit_missing=0.5)
    typed: dict[str, Any] = {
        "answer": "۵",
        "words__a__fa": "نفر\nتن",
        "factor__a": "1",
        "relative": "relative",
        "tolerance": "۰٫۱",
    }
    made = written("numeric", EMPTY, prompt__fa="چند؟", **typed)
    assert type_of("numeric").check(made) == []
    assert made.scoring == {"answer": 5, "tolerance": 0.1, "relative": True, "units": {"a": 1}}
    assert made.text["fa"]["units"] == {"a": ["نفر", "تن"]}


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("numeric", "answer", "many"),
        ("numeric", "unit_missing", "2"),
        ("gap_fill", "share__a__full", "all"),
        ("gap_fill", "weight__b", "heavy"),
        ("multiple_choice", "penalty", "5"),
    ],
)
def test_what_is_no_number_is_named(kind: str, name: str, value: str) -> None:
    before = {"numeric": measured(5), "gap_fill": cloze()}.get(kind, EMPTY)
    typed: dict[str, Any] = {name: value}
    with pytest.raises(DomainError) as refused:
        written(kind, before, **typed)
    assert refused.value.field == name.replace("__", ".")
