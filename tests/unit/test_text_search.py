"""Folded search: the index, the question and the marks in the result."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text import highlight, search_terms, search_text

LETTERS = "شبکهسازیيكةءئؤأاد \u200c\u064eَّNn1۱.«»"


def finds(query: str, text: str, language: str) -> bool:
    """Ask as a full-text index does: every term is a prefix of some indexed word."""
    words = search_text(text, language).split()
    return all(any(word.startswith(term) for word in words) for term in search_terms(query, language))


def marked(text: str, query: str, language: str = "") -> list[str]:
    return [segment for segment, matched in highlight(text, query, language) if matched]


@pytest.mark.parametrize("query", ["شبكه سازي", "شبکهسازی", "شبکه‌سازی", "شبکه", "سازی", "شَبکه", "شب"])
@pytest.mark.parametrize("text", ["درس شبکه‌سازی ۱", "درس شبکه سازی ۱", "درس شبكه‌سازي ۱"])
def test_compounds_are_found_however_typed(query: str, text: str) -> None:
    assert finds(query, text, "fa")
    assert marked(text, query)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("منظمات", "المنظمات الأهلية", "ar"),
        ("منظمات", "والمنظّمات", "ar"),
        ("منظمات", "للمنظمات", "ar"),
        ("منظمات", "بالمنظمات", "ar"),
        ("منظمات", "كالمنظمات", "ar"),
        ("منظمات", "ومنظمات", "ar"),
        ("المنظمات", "منظمات أهلية", "ar"),
        ("المنظمات", "للمنظمات", "ar"),
        ("اهلية", "المنظمات الأهلية", "ar"),
        ("محمد", "مُحَمَّد", "ar"),
        ("1405", "سال ۱۴۰۵", "fa"),
        ("۱۴۰۵", "year 1405", "en"),
        ("مسئول", "مسؤولیت اجتماعی", "fa"),
        ("مسؤول", "مسئولیت اجتماعی", "fa"),
        ("مسوول", "مسئولیت اجتماعی", "fa"),
        ("هیات", "هیئت مدیره", "fa"),
        ("سازمانها", "سازمان ها", "fa"),
        ("ngo", "The NGOs of Iran", "en"),
        ("c++", "C++", "en"),
    ],
)
def test_found_and_marked(query: str, text: str, language: str) -> None:
    assert finds(query, text, language)
    assert marked(text, query, language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [("پول", "بول", "fa"), ("شبکه مالی", "شبکه‌سازی", "fa"), ("گو", "الگو", "fa"), ("له", "الله", "ar")],
)
def test_not_found(query: str, text: str, language: str) -> None:
    assert not finds(query, text, language)


def test_what_is_indexed() -> None:
    assert search_text("شبکه‌سازی NGO", "en") == "شبکهسازی ngo شبکه سازی"
    assert search_text("العمل الأهلي", "ar") == "العمل الاهلی عمل اهلی"
    assert search_text("", "fa") == ""


def test_terms_are_folded_unique_and_few() -> None:
    assert search_terms("شبكه، «شبکه» ۱۲ ...") == ["شبکه", "12"]
    assert len(search_terms(" ".join(str(n) for n in range(100)))) == 10
    assert search_terms("  ،؟ ") == []


@pytest.mark.parametrize(
    ("text", "query", "segments"),
    [
        ("مدیر شبکهٔ ما", "شبكه", [("مدیر ", False), ("شبکهٔ", True), (" ما", False)]),
        ("شبکه‌سازی", "شبکه", [("شبکه", True), ("\u200cسازی", False)]),
        ("شبکه‌سازی", "شبکه سازی", [("شبکه‌سازی", True)]),
        ("شبکه‌سازی", "شبکهسا", [("شبکه‌سازی", True)]),
        ("(مُحَمَّد)", "محمد", [("(", False), ("مُحَمَّد", True), (")", False)]),
        ("ﺷﺒﻜﺔ", "شبكة", [("ﺷﺒﻜﺔ", True)]),
        ("۱٬۲۳۴ نفر", "1234", [("۱٬۲۳۴", True), (" نفر", False)]),
        ("Café Iran", "caf", [("Café", True), (" Iran", False)]),
        ("متن", "", [("متن", False)]),
        ("متن", "شبکه", [("متن", False)]),
        ("", "شبکه", []),
        ("الف. ب", "الفب", [("الف. ب", False)]),
    ],
)
def test_marks_stand_in_the_original(text: str, query: str, segments: list[tuple[str, bool]]) -> None:
    assert highlight(text, query) == segments


@given(st.text(LETTERS, max_size=60), st.text(LETTERS, max_size=12), st.sampled_from(["", "ar"]))
def test_segments_make_up_the_text(text: str, query: str, language: str) -> None:
    segments = highlight(text, query, language)
    assert "".join(segment for segment, _ in segments) == text
    assert all(one[1] != other[1] for one, other in pairwise(segments))


@given(st.text())
def test_any_text_is_found_by_itself(text: str) -> None:
    for language in ("fa", "ar", "en"):
        assert finds(text, text, language)
