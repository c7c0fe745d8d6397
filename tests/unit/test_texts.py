"""A text in the reader's language, or in another that has one."""

import pytest

from lms.db import language_of, text_of


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        ({"fa": "یک", "en": "One"}, "en", ("en", "One")),
        ({"en": "One", "fa": "یک"}, "ar", ("fa", "یک")),
        ({"fa": "یک", "en": "One"}, "ar", ("fa", "یک")),
        ({"fa": "", "en": "One"}, "fa", ("en", "One")),
        ({"ar": ""}, "fa", ("fa", "")),
        ({}, "ar", ("ar", "")),
        (None, "ar", ("ar", "")),
    ],
)
def test_the_language_that_is_fallen_back_to_is_always_the_same(
    texts: dict[str, str] | None, language: str, found: tuple[str, str]
) -> None:
    assert (language_of(texts, language), text_of(texts, language)) == found
