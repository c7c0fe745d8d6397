"""What visitors do in more than one test."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

DEMO_PASSWORD = "tashbik-demo"


def sign_in(visitor: Visitor, language: str, name: str, password: str = DEMO_PASSWORD) -> Page:
    """Sign in through the page."""
    page = visitor.go(f"/{language}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.locator("main button[type=submit]").first.click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
    return page


def press(page: Page, selector: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.locator(selector).first.click()
