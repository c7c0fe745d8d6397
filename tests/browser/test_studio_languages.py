"""A trainer who writes in one language first sees that one, and writes at once into what she adds."""

import secrets
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import press, sign_in
from tests.browser.test_studio_desk import add_from_menu, new_module
from tests.conftest import LANGUAGES

CHOICE = "[data-languages] button"


def shown(page: Page) -> set[str]:
    """The languages whose texts are on the page."""
    texts = page.locator(".side textarea, .side .input")
    return set(texts.evaluate_all("all => all.filter((one) => one.checkVisibility()).map((one) => one.lang)"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_she_chooses_the_languages_that_she_sees(visit: Any, language: str, size: dict[str, int]) -> None:
    trainer = visit(viewport=size)
    page = sign_in(trainer, language, "trainer")
    module = new_module(trainer, language, f"X{secrets.token_hex(3)}")
    assert shown(page) == set(LANGUAGES)
    press(page, "button[value='add:lesson']")
    for code in LANGUAGES:
        if code != language:
            page.locator(f"{CHOICE}[value={code}]").click()
    trainer.axe()
    assert shown(page) == {language}
    add_from_menu(page, "add:text")
    text = page.locator(f"textarea[lang={language}]").last
    expect(text).to_be_focused()
    side, block = text.bounding_box(), page.locator("section.pair").last.bounding_box()
    assert side
    assert block
    assert side["width"] > block["width"] * 0.9, "it has the room of all three"
    page.goto(module)
    press(page, "button[value='add:quiz']")
    assert shown(page) == {language}
    add_from_menu(page, "add:single_choice")
    assert shown(page) == {language}
    expect(page.locator(f"[name='q.prompt.{language}']")).to_be_focused()
    trainer.axe()
    page.locator(f"{CHOICE}[value={language}]").click()
    assert shown(page) == set(LANGUAGES), "none is no choice"


def test_what_is_wrong_is_shown_in_every_language(visit: Any) -> None:
    trainer = visit()
    page = sign_in(trainer, "en", "trainer")
    new_module(trainer, "en", f"X{secrets.token_hex(3)}")
    press(page, "button[value='add:lesson']")
    add_from_menu(page, "add:question")
    page.locator("textarea[lang=ar]").last.fill("سؤال\n\n- [x] كذا")
    press(page, ".actionbar .btn-primary")
    wrong = page.locator(".side:has(.faults)")
    expect(wrong).to_have_count(1)
    page.locator(f"{CHOICE}[value=ar]").click()
    expect(wrong).to_be_visible()
