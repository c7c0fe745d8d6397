"""Evidence on a phone: entered, handed in, returned, handed in again, accepted; in each language."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.evidencing import ASKED, MONTHS, judge, tell
from tests.browser.steps import press, sign_in

MANAGERS = {"fa": "manager", "ar": "manager-ar", "en": "manager-en"}
TITLES = {"fa": "صورت‌جلسهٔ آب آشامیدنی", "ar": "محضر اجتماع مياه الشرب", "en": "Minutes: drinking water"}
NAME = "صورت‌جلسه.pdf"
PDF = b"%PDF-1.7\nwords\n%%EOF\n"


@pytest.mark.parametrize("language", MANAGERS)
def test_it_is_returned_handed_in_again_and_accepted(visit: Callable[..., Any], language: str) -> None:
    manager = visit()
    page = sign_in(manager, language, MANAGERS[language])
    page.goto(f"/{language}/my-organization")
    press(page, "main a[href$='/evidence']")
    manager.axe()
    press(page, ".empty a.btn-primary")
    manager.axe()
    page.locator("#type-meeting_record").check()
    page.fill("#title", TITLES[language])
    press(page, "main form button.btn-primary")
    tell(page, language, months="")
    expect(page.locator(".errors")).to_be_visible()
    manager.axe()
    tell(page, language, months=MONTHS[language])
    expect(page.locator(".flash-due")).to_have_count(0)
    page.locator("#upload").set_input_files({"name": NAME, "mimeType": "text/html", "buffer": PDF})
    press(page, "form[enctype] button")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    manager.axe()
    press(page, "form[action$='/hand-in'] button")
    expect(page.locator(".badge-submitted")).to_be_visible()
    there = page.url

    admin = visit(viewport=DESK)
    sign_in(admin, language, "admin")
    press(admin.page, ".nav a[href$='/evidence-reviews']")
    judge(admin, language, TITLES[language], "return")
    admin.axe()

    page.goto(f"/{language}/")
    manager.axe()
    press(page, ".notice-new button")
    assert page.url == there
    expect(page.get_by_text(ASKED[language])).to_be_visible()
    manager.axe()
    press(page, "main a[href$='/edit']")
    page.fill("#field_organizations", "مهر\nسپیدار")
    press(page, "main form button.btn-primary")
    press(page, "form[action$='/hand-in'] button")

    press(admin.page, ".nav a[href$='/evidence-reviews']")
    judge(admin, language, TITLES[language], "accept")
    page.reload()
    expect(page.locator(".badge-certified").first).to_be_visible()
    manager.axe()
    press(page, "main a[href*='/submissions/']")
    expect(page.locator(".badge-certified").first).to_be_visible()
    manager.axe()
