"""A scheme is read, changed, looked at and saved: by an admin on a phone and at a desk, in each language."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import press, sign_in

READERS = [("fa", PHONE), ("ar", DESK), ("en", PHONE)]
INNER = "levels.1.requirements.0.requirements"
MONTHS = {"fa": "۳۶", "ar": "٣٦", "en": "36"}


def button(page: Page, deed: str) -> None:
    """Press one of the editor's buttons, by its deed; the last, where one stands at the head for the Enter key."""
    with page.expect_navigation():
        page.locator(f"#scheme button[value='{deed}']").last.click()


def add(page: Page, path: str, key: str) -> None:
    """Add a condition."""
    page.locator(f"[name='{path}.new']").select_option(key)
    button(page, f"add {path}")


@pytest.mark.parametrize(("language", "viewport"), READERS)
def test_an_admin_changes_a_scheme(visit: Callable[..., Any], language: str, viewport: dict[str, int]) -> None:
    admin = visit(viewport=viewport)
    page = sign_in(admin, language, "admin")
    page.goto(f"/{language}/networks")
    page.locator("main table a").first.click()
    press(page, "main a[href$='/certification']")
    press(page, "main a[href$='/scheme']")
    admin.axe()
    revisions = page.locator("section[id^=revision-]").count()
    press(page, "main a[href$='/scheme/edit']")
    admin.axe()
    while page.locator("[name='levels.1.key']").count():
        button(page, "remove levels.1")
    button(page, "add levels")
    page.locator(f"[name='levels.1.name_{language}']").fill("B")
    add(page, "levels.1.requirements", "any_of")
    for key in ("members_completed", "level_held"):
        add(page, INNER, key)
    page.locator("[name='levels.1.months_valid']").fill("?")
    button(page, "preview")
    expect(page.locator(".errors a")).to_have_count(3)
    admin.axe()
    page.locator("[name='levels.1.months_valid']").fill(MONTHS[language])
    page.locator(f"[name='{INNER}.0.people']").fill(MONTHS[language])
    page.locator(f"[name='{INNER}.0.module_id']").select_option(index=1)
    page.locator(f"[name='{INNER}.1.level_id']").select_option(index=1)
    # Enter in a field keeps what is typed, and does nothing else.
    with page.expect_navigation():
        page.locator(f"[name='levels.1.name_{language}']").press("Enter")
    expect(page.locator(f"[name='{INNER}.1.level_id']")).not_to_have_value("")
    button(page, "preview")
    admin.axe()
    expect(page.locator("#group-ready li")).not_to_have_count(0)
    page.locator("#reach-running").check()
    press(page, "#decide button[value=count] >> nth=1")
    expect(page.locator("#reach-running")).to_be_checked()
    page.locator("[name=note]").fill("…")
    press(page, "#decide button[value=save]")
    expect(page.locator("section[id^=revision-]")).to_have_count(revisions + 1)
    admin.axe()
    other = "fa" if language == "en" else "en"
    press(page, f"main nav a[lang={other}]")
    expect(page.locator(f"main div[lang={other}]")).to_be_visible()
    admin.axe()
