"""Evidence on a phone: entered, handed in, returned, handed in again, accepted; in each language."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK
from tests.browser.steps import press, sign_in

MANAGERS = {"fa": "manager", "ar": "manager-ar", "en": "manager-en"}
TITLES = {"fa": "صورت‌جلسهٔ آب آشامیدنی", "ar": "محضر اجتماع مياه الشرب", "en": "Minutes: drinking water"}
SUBJECTS = {"fa": "آب آشامیدنی روستاها", "ar": "مياه الشرب في القرى", "en": "Drinking water in villages"}
DECISIONS = {
    "fa": "با هم درخواست می‌دهیم. مهر تا پایان ماه برنامه را می‌نویسد.",
    "ar": "نتقدّم بالطلب معًا. تكتب نسيج الخطة قبل نهاية الشهر.",
    "en": "We apply together. Arz writes the plan by the end of the month.",
}
ASKED = {"fa": "چه سازمان‌هایی بودند؟", "ar": "أي المنظمات شاركت؟", "en": "Which organizations took part?"}
NUMBERS = {"fa": ("۱۴", "۱۴۰۵", "۱۲"), "ar": ("٤", "٢٠٢٦", "١٢"), "en": ("4", "2026", "12")}
MONTHS = {"fa": "2", "ar": "5", "en": "5"}
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
    judge(admin, language, "return")
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

    judge(admin, language, "accept")
    page.reload()
    expect(page.locator(".badge-certified").first).to_be_visible()
    manager.axe()
    press(page, "main a[href*='/submissions/']")
    expect(page.locator(".badge-certified").first).to_be_visible()
    manager.axe()


def tell(page: Page, language: str, *, months: str) -> None:
    """Fill the form of a meeting in the reader's digits and calendar, and save it."""
    day, year, people = NUMBERS[language]
    page.fill("#field_subject", SUBJECTS[language])
    page.fill("[name=field_held_on-day]", day)
    page.select_option("[name=field_held_on-month]", months)
    page.fill("[name=field_held_on-year]", year)
    page.fill("#field_participants", people)
    page.fill("#field_decisions", DECISIONS[language])
    press(page, "main form button.btn-primary")


def judge(admin: Any, language: str, verdict: str) -> None:
    """Open the first of the queue, score it by keyboard-reachable fields, and say what becomes of it."""
    desk = admin.page
    press(desk, ".nav a[href$='/evidence-reviews']")
    admin.axe()
    press(desk, "tbody th a")
    admin.axe()
    for criterion in ("partners", "decisions", "followed"):
        desk.locator(f"#score-{criterion}-2").check()
    desk.fill("#comment", ASKED[language] if verdict == "return" else "")
    desk.locator(f"#verdict-{verdict}").check()
    press(desk, "aside form button.btn-primary")
    expect(desk.locator(".flash")).to_be_visible()
