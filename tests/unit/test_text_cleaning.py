"""What is kept and what is dropped when text comes in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text import ascii_digits, clean_for_language, clean_line, clean_text, isolate, isolate_ltr

ZWNJ = "\u200c"


def test_every_digit_becomes_ascii() -> None:
    assert ascii_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 0123456789") == " ".join(["0123456789"] * 3)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  خانهٔ   ما\t", "خانهٔ ما"),
        ("\u202bسازمان\u202c", "سازمان"),
        ("\u2067سمن\u2069\u200f", "سمن"),
        ("\ufeffنام\u00adه", "نامه"),
        ("a\x00b\x07c\x9f", "abc"),
        ("a\u00a0b\u3000c\u2028d", "a b c d"),
        (f"شبکه{ZWNJ}سازی", f"شبکه{ZWNJ}سازی"),
        (f"{ZWNJ}شبکه{ZWNJ} {ZWNJ}سازی {ZWNJ}", "شبکه سازی"),
        (f"شبکه{ZWNJ}{ZWNJ}سازی", f"شبکه{ZWNJ}سازی"),
        ("ا\u0653ب", "آب"),
        ("cafe\u0301", "café"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_a_line_is_stored_clean(typed: str, stored: str) -> None:
    assert clean_line(typed) == stored


@given(st.text(st.one_of(st.characters(), st.sampled_from(f" \t\n{ZWNJ}\u200f\u2068\u2069\u0301يیا"))))
def test_cleaning_a_line_twice_changes_nothing(s: str) -> None:
    once = clean_line(s)
    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once
    assert once == once.strip()
    once.encode()


def test_a_very_long_run_of_joiners_is_cleaned_at_once() -> None:
    assert clean_line("a" + ZWNJ * 200_000 + "b" + " " * 200_000) == f"a{ZWNJ}b"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc\x0bd\u2029e", "a\nb\nc\nd\ne"),
        ("\tcode\x00\x1b[0m", "\tcode[0m"),
        (f"\u2068NGO\u2069 شبکه{ZWNJ}سازی\u200f", f"\u2068NGO\u2069 شبکه{ZWNJ}سازی\u200f"),
        ("\u202eevil\u202c", "evil"),
        ("\ufeffالشبكة", "الشبكة"),
    ],
)
def test_a_text_keeps_its_lines_and_isolates(typed: str, stored: str) -> None:
    assert clean_text(typed) == stored


@given(st.text())
def test_cleaning_a_text_twice_changes_nothing(s: str) -> None:
    assert clean_text(clean_text(s)) == clean_text(s)
    clean_text(s).encode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("شبكه", "شبکه"),
        ("سازماني", "سازمانی"),
        ("حتى در", "حتی در"),
        (f"قوى{ZWNJ}تر", f"قوی{ZWNJ}تر"),
        ("موسىٰ", "موسیٰ"),
        ("مسئول", "مسئول"),
        ("مسي\u0654ول", "مسئول"),
    ],
)
def test_persian_text_gets_persian_letters(typed: str, stored: str) -> None:
    assert clean_for_language(typed, "fa") == stored


@pytest.mark.parametrize("language", ["ar", "en"])
def test_other_languages_keep_their_letters(language: str) -> None:
    assert clean_for_language("شبكة على يد", language) == "شبكة على يد"


def test_isolates() -> None:
    assert isolate("سمن") == "\u2068سمن\u2069"
    assert isolate_ltr("TSH-7K2M") == "\u2066TSH-7K2M\u2069"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" \u200c\u00a0\u0301\u200fیeآ")), max_size=12))
def test_the_short_way_of_a_clean_line_is_the_long_one(s: str) -> None:
    # A tab at the end makes a line take the long way, and goes.
    assert clean_line(s) == clean_line(s + "\t")
