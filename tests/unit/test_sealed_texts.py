"""Sealed texts come back as they were, or not at all."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.security.sealing import seal, unseal


def sealed(text: str = "باران") -> str:
    return seal(text, secret="s", purpose="test", about=b"row")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_comes_back(text: str) -> None:
    assert unseal(sealed(text), secret="s", purpose="test", about=b"row") == text


def test_the_same_text_is_never_sealed_twice_alike() -> None:
    assert sealed() != sealed()


@pytest.mark.parametrize(
    "other", [{"secret": "t"}, {"purpose": "other"}, {"about": b"another row"}], ids=lambda value: next(iter(value))
)
def test_another_key_or_place_opens_nothing(other: dict[str, str]) -> None:
    values = {"secret": "s", "purpose": "test", "about": b"row", **other}
    assert unseal(sealed(), **values) is None  # type: ignore[arg-type]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_not_sealed_opens_nothing(text: str) -> None:
    assert unseal(text, secret="s", purpose="test", about=b"row") is None


def test_a_changed_byte_opens_nothing() -> None:
    whole = urlsafe_b64decode(sealed())
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        text = urlsafe_b64encode(changed).decode()
        assert unseal(text, secret="s", purpose="test", about=b"row") is None
