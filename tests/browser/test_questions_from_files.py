"""A trainer brings questions in from a file, takes it back, tries again, keeps them in the bank, and exports them."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES
from tests.unit.exchange_files import FILES

TAKEN = 9
"""Questions of the file that can be taken."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_file_to_the_bank_and_out_again(visit: Any, language: str) -> None:
    visitor: Visitor = visit()
    page = sign_in(visitor, language, "trainer")
    page = visitor.go(f"/{language}/studio/new")
    page.fill(f"[name=title_{language}]", f"Files {language}")
    press(page, "main form button.btn-primary")
    press(page, "button[value='add:quiz']")
    quiz = page.url
    press(page, "a[href$='/import']")
    visitor.axe()
    page.set_input_files("[name=file]", FILES / "moodle.xml")
    press(page, "main form button.btn-primary")
    visitor.axe()
    expect(page.locator("[name=chosen]")).to_have_count(TAKEN)
    expect(page.locator(".badge-expired")).to_have_count(3)
    page.locator("[name=chosen]").first.uncheck()
    look = page.url
    press(page, ".actionbar button.btn-primary")
    expect(page.locator("ol.modules > li")).to_have_count(TAKEN - 1)
    page.goto(look)
    press(page, "form[action$='/undo'] button")
    expect(page.locator("ol.modules > li")).to_have_count(0)
    press(page, "a[href$='/import']")
    page.set_input_files("[name=file]", FILES / "moodle.xml")
    press(page, "main form button.btn-primary")
    press(page, ".actionbar button.btn-primary")
    press(page, "a[href$='/bank']")
    press(page, "button[value=keep]")
    visitor.go(quiz)
    press(page, "a[href$='/bank']")
    visitor.axe()
    expect(page.locator("[name=item][disabled]")).not_to_have_count(0)
    visitor.go(quiz)
    press(page, "a[href$='/export']")
    visitor.axe()
    page.select_option("[name=format]", "gift")
    press(page, "button[name=look]")
    expect(page.locator(".badge-expired")).not_to_have_count(0)
    page.select_option("[name=format]", "moodle")
    with page.expect_download() as download:
        page.locator("button[formaction]").click()
    assert re.fullmatch(r"quiz-\w+\.xml", download.value.suggested_filename)
