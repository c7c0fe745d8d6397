"""The spelling that trainers are told of."""

import pytest

from lms.text import findings, prose


@pytest.mark.parametrize(
    ("language", "text", "rules"),
    [
        ("fa", "شبكه‌سازي", ["letters"]),
        ("fa", "آن‌ها می روند", ["verb"]),
        ("fa", "سازمان ها و آن‌ها", ["plural"]),
        ("fa", "چرا?", ["punctuation"]),
        ("fa", "در 1405", ["digits"]),
        ("fa", "گام‌ها:\n\n1. یکم\n2. دوم", []),
        ("fa", "می‌روند\u200c به شهر", ["half-space"]),
        ("fa", "می‌روند؛ «چرا؟» در ۱۴۰۵، هاون، میان ما", []),
        ("fa", "NGO, CSO و `a, b` و [پیوند](https://example.org/?a=1)", []),
        ("ar", "شبکة", ["letters"]),
        ("ar", "التشـبيك, مشارك/مشاركة", ["tatweel", "slash", "punctuation"]),
        ("ar", "التشبيك، في 30 عامًا", []),
        ("en", "networks, NGOs? 1405", []),
    ],
)
def test_rules(language: str, text: str, rules: list[str]) -> None:
    assert [rule for rule, _words in findings(text, language)] == rules


def test_a_finding_shows_where() -> None:
    [(rule, words)] = findings("این متن درازی است و آن‌ها می روند به جایی دور است از ما", "fa")
    assert rule == "verb"
    assert "آن‌ها می روند" in words
    assert "از ما" not in words


def test_prose_leaves_out_what_is_not_words() -> None:
    assert prose("الف `x,y` B. Smith ب").split() == ["الف", "ب"]
