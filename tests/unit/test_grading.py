"""Grading, type by type."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import Formatter
from lms.quizzes.question_types import Content, type_of
from tests.unit.question_content import LETTERS, OPTIONS, choice, choices, number, statement, written

SPELLINGS = ["شبکه‌سازی", "شبکه سازی", "شبكه سازي", "شبکه‌سازي", "شَبکه‌سازی", " شبکه‌سازی "]


def grade(kind: str, content: Content, *typed: str, language: str = "fa") -> float:
    answer = type_of(kind).read_answer(content.structure, {"answer": typed})
    assert answer is not None
    return type_of(kind).grade(content, answer, language).fraction


@pytest.mark.parametrize(
    ("chosen", "share"), [("ab", 1), ("a", 0.5), ("abc", 0.5), ("ac", 0), ("cd", 0), ("abcd", 0), ("acd", 0)]
)
def test_partial_credit_gives_and_takes(chosen: str, share: float) -> None:
    assert grade("multiple_choice", choice("ab", partial=True), *chosen) == share


def test_without_partial_credit_it_is_all_or_nothing() -> None:
    content = choice("ab", partial=False)
    assert [grade("multiple_choice", content, *chosen) for chosen in ("ab", "a", "abc")] == [1, 0, 0]


@given(choices(), st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True), st.randoms())
def test_the_order_of_options_changes_nothing(content: Content, chosen: list[str], order: random.Random) -> None:
    shuffled = order.sample(OPTIONS, len(OPTIONS))
    other = Content({"options": shuffled}, content.scoring, content.text)
    assert grade("multiple_choice", content, *chosen) == grade("multiple_choice", other, *reversed(chosen))


def test_true_and_false() -> None:
    assert grade("true_false", statement("true"), "true") == 1
    assert grade("true_false", statement("false"), "true") == 0


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_short_answer_may_be_spelt_in_any_usual_way(spelling: str) -> None:
    assert grade("short_text", written("folded", fa=["شبکه‌سازی"]), spelling) == 1
    assert grade("short_text", written("compact", fa=["شبکه سازی"]), spelling) == 1


@pytest.mark.parametrize("spelling", ["شبکهسازی", "شبكه سازي!", "«شبکه‌سازی»."])
def test_compact_forgets_spaces_and_punctuation(spelling: str) -> None:
    assert grade("short_text", written("compact", fa=["شبکه سازی"]), spelling) == 1


@pytest.mark.parametrize("spelling", ["التشبيك", "التشبیک", "التّشبيك", "التشـــبيك"])
def test_arabic_variants(spelling: str) -> None:
    assert grade("short_text", written(ar=["التشبيك", "تشبيك"]), spelling, language="ar") == 1


@pytest.mark.parametrize("word", ["شبکه", "سازی", "شبکه‌بازی", "شب سازی", "التشبيه", "123"])
def test_other_words_are_not_accepted(word: str) -> None:
    assert grade("short_text", written("compact", fa=["شبکه‌سازی"], ar=["التشبيك"]), word) == 0


def test_exact_is_letter_for_letter() -> None:
    content = written("exact", en=["CSO"])
    assert [grade("short_text", content, word, language="en") for word in ("CSO", " CSO ", "cso")] == [1, 1, 0]


def test_a_word_of_another_language_is_accepted_too() -> None:
    assert grade("short_text", written(fa=["شبکه"], en=["network"]), "Network") == 1


def test_a_slip_of_one_letter_is_told_but_gets_nothing() -> None:
    kind, content = type_of("short_text"), written(fa=["شبکه‌سازی"])
    for slip in ("شبکه‌ساری", "شبکه‌سزی", "شبکه‌سازیی"):
        found = kind.grade(content, {"text": slip, "key_version": 1}, "fa")
        assert (found.fraction, found.near, found.feedback) == (0, True, ("other",))
    assert not kind.grade(content, {"text": "هم‌پیمانی", "key_version": 1}, "fa").near


def test_the_best_share_counts() -> None:
    text = {"fa": {"prompt": "چه؟", "accepted": {"part": ["چتر"], "full": ["چتر", "شبکهٔ چتری"]}}}
    rules = {"part": {"share": 0.5, "mode": "compact"}, "full": {"share": 1, "mode": "compact"}}
    content = Content({"accepted": ["part", "full"]}, {"accepted": rules}, text)
    assert grade("short_text", content, "چتر") == 1


@given(st.text(LETTERS, min_size=2, max_size=12), st.data())
def test_a_zwnj_may_be_left_out_or_be_a_space(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    content = written("folded", fa=[f"{word[:at]}\u200c{word[at:]}"])
    for between in ("", " ", "\u200c"):
        assert grade("short_text", content, word[:at] + between + word[at:]) == 1


@given(st.decimals(-999_999_999, 999_999_999, places=2))
def test_a_number_may_be_written_in_any_digits(value: Decimal) -> None:
    content = number(float(value), 0.0001)
    for reader in (Formatter("en"), Formatter("fa"), Formatter("ar", digits="arab")):
        assert grade("numeric", content, reader.number(value, 2)) == 1


@pytest.mark.parametrize("typed", ["12.5", "۱۲٫۵", "١٢٫٥", "۱۲.۵", "+۱۲٫۵۰"])
def test_half_a_dozen_and_a_half(typed: str) -> None:
    assert grade("numeric", number(12.5), typed) == 1


@pytest.mark.parametrize(("typed", "share"), [("9.9", 1), ("10.1", 1), ("10.11", 0), ("9.89", 0)])
def test_the_bounds_of_the_tolerance_are_included(typed: str, share: float) -> None:
    assert grade("numeric", number(10, 0.1), typed) == share
