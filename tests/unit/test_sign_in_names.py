"""Sign-in names and passwords, as pure functions."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.agents import agent_kind
from lms.accounts.names import checked_sign_in_name, sign_in_key, suggestions
from lms.accounts.passwords import checked_password, hash_password, normalized, password_matches
from lms.errors import DomainError
from lms.text import clean_line

LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیةىيكأإآؤئ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩abcXYZ019 \u200c\u064e\u0651\u0640.-_"


@given(st.text(st.sampled_from(LETTERS), max_size=60))
def test_a_key_of_a_key_is_itself(name: str) -> None:
    assert sign_in_key(sign_in_key(name)) == sign_in_key(name)


@given(st.text(max_size=60), st.lists(st.sampled_from("\u200e\u200f\u202a\u202b\u202c\u2066\u2069 \u200c"), max_size=5))
def test_marks_that_nobody_sees_change_no_key(name: str, marks: list[str]) -> None:
    cleaned = clean_line(name)
    scattered = "".join(c + marks[i % len(marks)] if marks else c for i, c in enumerate(cleaned))
    assert sign_in_key(scattered) == sign_in_key(cleaned)


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_taken_or_refused_in_words(name: str) -> None:
    with suppress(DomainError):
        kept = checked_sign_in_name(name)
        assert "@" not in kept
        assert sign_in_key(kept)


@pytest.mark.parametrize("name", ["", "ab", "--- ---", "a@b.example", "a＠b", "\u202e\u202e\u202e", "ن" * 41])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(DomainError):
        checked_sign_in_name(name)


@given(st.text(max_size=200), st.sampled_from(["fa", "ar", "en"]))
def test_every_suggestion_could_be_taken(display_name: str, language: str) -> None:
    names = list(suggestions(display_name, language))
    assert len(names) == 10
    assert all(checked_sign_in_name(name) == name for name in names)


def test_a_suggestion_is_the_first_word_and_two_digits() -> None:
    assert next(suggestions("مریم رستمی", "fa"))[:4] == "مریم"
    assert next(suggestions("Sara N.", "en"))[4:].isdecimal()


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert normalized("مادَر۱۲٣4") == normalized("مادَر1234")
    assert normalized("e\u0301te\u0301") == normalized("été")
    assert normalized("ي") != normalized("ی")


def test_passwords_match_their_own_hash_only() -> None:
    stored = hash_password("گل سرخ ۱۴۰۵")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert password_matches(stored, "گل سرخ 1405")
    assert not password_matches(stored, "گل سرخ 1404")
    assert not password_matches(None, "")
    assert not password_matches("not a hash", "x")


@pytest.mark.parametrize(
    "password",
    ["short", "۱۲۳۴۵۶۷۸", "Password", "password1234", "Qwerty 2026!", "aaaaaaaaaaaa", "مریم-رستمی", "x" * 201],
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(DomainError):
        checked_password(password, names=("مريم-رستمي",))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0", "Firefox, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120 Safari/537 Edg/120.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iOS"),
        ("curl/8", ""),
        ("<script>" * 10_000, ""),
    ],
)
def test_a_browser_is_known_by_its_kind(header: str, kind: str) -> None:
    assert agent_kind(header) == kind
