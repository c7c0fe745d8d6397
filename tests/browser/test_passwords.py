"""A password is typed on a phone: it can be looked at, and is sent as one all the same."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.steps import DEMO_PASSWORD, press
from tests.conftest import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_sees_what_she_types_if_she_wishes(visit: Any, language: str) -> None:
    visitor = visit()
    page = visitor.go(f"/{language}/sign-in")
    field, button = page.locator("[name=password]"), page.locator("[data-show]")
    page.fill("[name=name]", "learner")
    field.fill(DEMO_PASSWORD)
    visitor.axe()
    before = button.inner_text()
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(DEMO_PASSWORD)
    expect(field).to_be_focused()
    assert button.inner_text() != before
    visitor.axe()
    button.click()
    expect(field).to_have_attribute("type", "password")
    button.click()
    types = "document.forms[0].addEventListener('submit', () => { window.name = document.forms[0].password.type; })"
    page.evaluate(types)
    press(page, "main button[type=submit]")
    assert page.evaluate("window.name") == "password"
    expect(page).to_have_url(f"{visitor.server.url}/{language}/")


def test_without_script_there_is_no_button(visit: Any) -> None:
    page = visit(java_script_enabled=False).go("/fa/sign-in")
    expect(page.locator("[data-show]")).to_be_hidden()
