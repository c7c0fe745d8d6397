"""The studio on a desk, by keyboard; and what is typed while the line is broken."""

import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

#: A menu lies between the top of the window and the bar at its foot, and no wider than the window.
STANDS_FREE = """menu => {
  const box = menu.getBoundingClientRect(), bar = document.querySelector('.actionbar').getBoundingClientRect()
  return box.height > 0 && box.top >= 0 && box.bottom <= bar.top && box.left >= 0 && box.right <= innerWidth
}"""
TEXTS = {"fa": "**«گفت‌وگو»**ی نخست", "ar": "**«الحوار»** الأول", "en": "The first **dialogue**"}


def write(page: Page, language: str, selector: str, text: str) -> None:
    """Type, and wait for the server's receipt."""
    with page.expect_response(re.compile("/studio/texts/")):
        page.locator(f"{selector}[lang={language}]").last.fill(text)
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-server"))


def add_from_menu(page: Page, do: str) -> None:
    """Open the menu that holds a button, by keyboard, and press it."""
    button = page.locator(f"button[name=do][value^='{do}']").last
    summary = page.locator("details.menu").filter(has=button).last.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    box, view = button.locator("xpath=ancestor::ul").bounding_box(), page.viewport_size
    assert box
    assert view
    assert 0 <= box["x"] <= view["width"] - box["width"], "the menu lies in the page"
    with page.expect_navigation():
        button.click()


def new_module(visitor: Visitor, language: str, title: str) -> str:
    """A module titled alike in all languages; gives its page."""
    page = visitor.go(f"/{language}/studio/")
    visitor.axe()
    press(page, "a[href$='/studio/new']")
    visitor.axe()
    for code in LANGUAGES:
        page.fill(f"[name=title_{code}]", title)
    press(page, "main form button.btn-primary")
    visitor.axe()
    return page.url


def write_lesson(visitor: Visitor, title: str) -> None:
    """A lesson of one block, saved by the script alone."""
    page = visitor.page
    press(page, "button[value='add:lesson']")
    add_from_menu(page, "add:text")
    for code in LANGUAGES:
        write(page, code, "textarea", TEXTS[code])
        page.locator(f"input[lang={code}]").first.fill(title)
    press(page, ".actionbar .btn-primary")
    visitor.axe()


def write_question(visitor: Visitor, title: str) -> None:
    """A quiz of one question."""
    page = visitor.page
    press(page, "button[value='add:quiz']")
    for code in LANGUAGES:
        page.locator(f"input[lang={code}]").first.fill(title)
    add_from_menu(page, "add:single_choice")
    for code in LANGUAGES:
        for name in ("prompt", "option.a", "option.b"):
            page.fill(f"[name='q.{name}.{code}']", f"{name} {title}")
    page.check("[name='q.correct'][value=a]")
    visitor.axe()
    press(page, ".actionbar .btn-primary")
    visitor.axe()


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_what_can_be_added_is_shown_above_the_bar(visit: Any, size: dict[str, int]) -> None:
    trainer = visit(viewport=size)
    page = sign_in(trainer, "en", "trainer")
    new_module(trainer, "en", "Menus")
    write_lesson(trainer, "Menus")
    for language in LANGUAGES:
        page.goto(page.url.replace("/en/", f"/{language}/"))
        menus = page.locator("details.menu:has(button[value^='add:'])")
        assert menus.count() == 3
        for menu in menus.all():
            menu.locator("summary").click()
            page.wait_for_function(STANDS_FREE, arg=menu.locator("ul").element_handle(), timeout=5000)
            trainer.axe()
            menu.locator("summary").click()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_module_is_written_on_a_desk(visit: Any, language: str) -> None:
    title = f"X{secrets.token_hex(3)}"
    trainer = visit(viewport=DESK)
    page = sign_in(trainer, language, "trainer")
    module = new_module(trainer, language, title)
    write_lesson(trainer, title)
    lesson = page.url.partition("#")[0]
    page.goto(module)
    write_question(trainer, title)
    quiz = page.locator("a[href$='/preview']").first.get_attribute("href") or ""
    for path in (f"{lesson}preview?as=fa", f"{lesson}preview?as=ar&on=desk", f"{quiz}?as=en", f"{module}publish"):
        page.goto(path)
        trainer.axe()


def test_a_broken_line_loses_nothing(visit: Any) -> None:
    trainer = visit()
    page = sign_in(trainer, "fa", "trainer")
    module = new_module(trainer, "fa", f"X{secrets.token_hex(3)}")
    write_lesson(trainer, "درس")
    lesson = page.url.partition("#")[0]
    trainer.problems.clear()
    trainer.context.set_offline(True)
    page.locator("textarea[lang=fa]").last.fill("نوشته‌ای که نباید گم شود")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-device"))
    trainer.context.set_offline(False)
    trainer.problems.clear()
    page.goto(module)
    with page.expect_response(re.compile("/studio/texts/")):
        page.goto(lesson)
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-server"))
    page.reload()
    expect(page.locator("textarea[lang=fa]").last).to_have_value("نوشته‌ای که نباید گم شود")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('studio:')).length") == 0


def test_publishing_is_offered_as_soon_as_a_text_is_saved(visit: Any) -> None:
    page = sign_in(trainer := visit(), "en", "trainer")
    module = new_module(trainer, "en", "Offered")
    write_lesson(trainer, "Offered")
    page.goto(f"{module}publish")
    press(page, "main form button.btn-primary")
    offers = page.locator("a[href$='/publish'], a[href$='/discard']")
    assert [offer.is_visible() for offer in offers.all()] == [False, False]
    page.locator("input[lang=en]").first.fill("Offered anew")
    for offer in offers.all():
        expect(offer).to_be_visible()
