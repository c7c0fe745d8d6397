"""Fields for passwords: how long one must be is said before, and each can be shown by its button."""

import re

import pytest
from flask import Flask

from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient

LEAST = {"fa": "۸ نویسه", "ar": "8 محارف", "en": "8 characters"}
HERS = ("account/password", "account/sign-in-name", "account/my-data/erase")
ANYBODYS = ("sign-in", "reset-code")


def check(page: str) -> None:
    fields = re.findall(r'<input[^>]*id="([a-z]+)"[^>]*type="password"', page)
    assert fields
    assert re.findall(r'data-show="([a-z]+)"', page) == fields, "each field has its button"
    assert "/password.js" in page


@pytest.mark.parametrize("address", HERS)
def test_each_can_be_shown(app: Flask, address: str) -> None:
    check(PageClient(app).sign_in(make_person()).get(f"/en/{address}").text)


@pytest.mark.parametrize("address", ANYBODYS)
def test_each_can_be_shown_to_who_signs_in(client: PageClient, address: str) -> None:
    make_person()
    check(client.get(f"/en/{address}").text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_long_a_new_one_must_be_is_said_before(client: PageClient, language: str) -> None:
    make_person()
    assert LEAST[language] in client.get(f"/{language}/reset-code").text
    assert LEAST[language] not in client.get(f"/{language}/sign-in").text
