"""A trainer reads what attempts tell of a quiz, from the studio to a question and back, at a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import press, sign_in


@pytest.mark.parametrize(("language", "viewport"), [("fa", DESK), ("ar", PHONE), ("en", PHONE)])
def test_from_the_studio_to_a_question(visit: Callable[..., Any], language: str, viewport: dict[str, int]) -> None:
    visitor = visit(viewport=viewport)
    page: Page = sign_in(visitor, language, "trainer")
    page.goto(f"/{language}/studio/")
    press(page, f"a[href*='/{language}/studio/m/'][href$='/statistics/']")
    visitor.axe()
    press(page, "main .modules a")
    visitor.axe()
    expect(page.locator("main .figures dd").first).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"
    meanings = page.locator("details.more dl").first
    page.emulate_media(media="print")
    assert meanings.evaluate("meanings => meanings.checkVisibility()"), "paper cannot be opened"
    page.emulate_media(media="screen")
    page.locator("details.more summary").first.click()
    expect(page.locator("details.more dl").first).to_be_visible()
    press(page, ".chips a[href*='sort=facility']")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    press(page, "tbody th a")
    visitor.axe()
    expect(page.locator("#answers ~ .scroll .badge-certified").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, ".tabs a[href*='attempts=all']")
    visitor.axe()
