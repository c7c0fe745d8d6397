"""Terms of the glossary: found with their endings, missed where they are not."""

from pathlib import Path

import pytest

from lms.authoring.glossary import expected_in, read_glossary

KIT = Path(__file__).resolve().parents[2] / "modules" / "networking_kit" / "content" / "glossary.json"
TERMS = read_glossary(KIT)


def missing(original: str, text: str, source: str = "fa", language: str = "ar") -> list[str]:
    return [term.source for term in expected_in(text, original, language, source, TERMS)]


def test_the_glossary_of_the_kit_has_every_term_in_every_language() -> None:
    assert len(TERMS) > 50
    assert all(all(term.words[code]) for term in TERMS for code in ("fa", "ar", "en"))


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("شبکه‌ها با هم گفت‌وگو می‌کنند", "تتحاور الشبكات"),
        ("جامعهٔ مدنی", "المنظمات"),
    ],
)
def test_a_term_that_is_missing_is_said(original: str, text: str) -> None:
    assert missing(original, text)


@pytest.mark.parametrize(
    ("original", "text", "source", "language"),
    [
        ("شبکه‌ها", "الشبكة والعمل", "fa", "ar"),
        ("شبکه سازی", "والتشبيك", "fa", "ar"),
        ("the civil society", "للمجتمع المدني", "en", "ar"),
        ("Networks and partners", "شبکه‌ها و شریکان", "en", "fa"),
        ("المجتمع المدني", "Civil Society", "ar", "en"),
        ("هیچ", "لا شيء", "fa", "ar"),
    ],
)
def test_a_term_that_is_there_is_not(original: str, text: str, source: str, language: str) -> None:
    assert missing(original, text, source, language) == []


def test_the_longer_term_hides_the_shorter_one_in_it() -> None:
    assert missing("sustainable development", "", "en", "ar") == ["sustainable development"]
    assert missing("networking", "", "en", "ar") == ["networking"]


def test_what_is_no_glossary_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "glossary.json"
    wrong.write_text('{"terms": [{"fa": ["x"]}]}')
    with pytest.raises(ValueError, match="no glossary"):
        read_glossary(wrong)
