"""Direction, and the language that a browser's header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats import LANGUAGES, direction, negotiate


def test_directions() -> None:
    assert [direction(language) for language in LANGUAGES] == ["rtl", "rtl", "ltr"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ar-EG,en-US;q=0.9,en;q=0.8", "ar"),
        ("fa-IR,en;q=0.8", "fa"),
        ("en-US,fa;q=0.5", "en"),
        ("prs-AF,en;q=0.5", "fa"),
        ("de,fr;q=0.9,ar;q=0.1", "ar"),
        ("de-DE,de;q=0.9", "fa"),
        ("en;q=0.5,ar;q=0.9", "ar"),
        ("en;q=0,ar;q=0.1", "ar"),
        ("EN_us", "en"),
        ("en ; q = 0.2 , ar ; q=0.3", "ar"),
        ("ar;q=nan,en;q=0.1", "en"),
        ("ar;q=7,en;q=0.1", "en"),
        ("ar;q=x,en;q=0.1", "en"),
        ("*", "fa"),
        ("", "fa"),
        (",;,q=1;;", "fa"),
        ("fa" * 2000, "fa"),
    ],
)
def test_negotiation(header: str, language: str) -> None:
    assert negotiate(header) == language


def test_the_default_is_the_caller_s() -> None:
    assert negotiate("de", default="ar") == "ar"
    assert negotiate("", default="en") == "en"


@given(st.text())
def test_any_header_gets_a_language(header: str) -> None:
    assert negotiate(header) in LANGUAGES
