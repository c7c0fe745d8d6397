"""A meeting that an organization tells of as evidence, and what a reviewer says to it."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.steps import press

SUBJECTS = {"fa": "آب آشامیدنی روستاها", "ar": "مياه الشرب في القرى", "en": "Drinking water in villages"}
DECISIONS = {
    "fa": "با هم درخواست می‌دهیم. مهر تا پایان ماه برنامه را می‌نویسد.",
    "ar": "نتقدّم بالطلب معًا. تكتب نسيج الخطة قبل نهاية الشهر.",
    "en": "We apply together. Arz writes the plan by the end of the month.",
}
ASKED = {"fa": "چه سازمان‌هایی بودند؟", "ar": "أي المنظمات شاركت؟", "en": "Which organizations took part?"}
NUMBERS = {"fa": ("۱۴", "۱۴۰۵", "۱۲"), "ar": ("٤", "٢٠٢٦", "١٢"), "en": ("4", "2026", "12")}
MONTHS = {"fa": "2", "ar": "5", "en": "5"}


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


def judge(admin: Any, language: str, title: str, verdict: str) -> None:
    """Open the piece of that title in the queue, score it by keyboard-reachable fields, say what becomes of it."""
    desk = admin.page
    admin.axe()
    press(desk, f'tbody th a:has-text("{title}")')
    admin.axe()
    for criterion in ("partners", "decisions", "followed"):
        desk.locator(f"#score-{criterion}-2").check()
    desk.fill("#comment", ASKED[language] if verdict == "return" else "")
    desk.locator(f"#verdict-{verdict}").check()
    press(desk, "aside form button.btn-primary")
    expect(desk.locator(".flash")).to_be_visible()
