"""How much a request may hold, and what is said of more."""

import pytest
from flask import Flask

from lms.limits import FORM_LIMIT
from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient
from tests.sent_forms import whole_body

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def browser(app: Flask) -> PageClient:
    """Somebody who is signed in."""
    return PageClient(app).sign_in(make_person())


def body(size: int) -> bytes:
    """A form of so many bytes."""
    start = b"display_name="
    return start + b"x" * (size - len(start))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_has_the_smaller_limit_and_says_so(browser: PageClient, language: str) -> None:
    size = {"fa": "۲ مگابایت", "ar": "2 ميغابايت", "en": "2 MB"}[language]
    address = f"/{language}/account"
    page = browser.post_body(address, 413, data=body(FORM_LIMIT + 1), content_type=FORM).text
    assert size in page
    assert f'href="{address}"' in page, "the way back"
    browser.post_body(address, 422, data=body(FORM_LIMIT), content_type=FORM)


def test_a_form_takes_no_file(browser: PageClient) -> None:
    sent = whole_body({"display_name": "x"}, b"x" * FORM_LIMIT)
    page = browser.post_body("/en/account", 413, **sent).text
    assert "at most 2 MB" in page


def test_public_forms_are_limited_too(client: PageClient) -> None:
    client.post_body("/en/sign-in", 413, data=body(FORM_LIMIT + 1), content_type=FORM)


def test_an_address_without_a_page_offers_no_form(browser: PageClient) -> None:
    page = browser.post_body("/en/account/mail", 413, data=body(FORM_LIMIT + 1), content_type=FORM).text
    assert "Open an empty form" not in page
