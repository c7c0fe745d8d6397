"""A lesson of every kind of block, made on a desk and read on a phone, in each language; blocks are moved by keys."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.blocks import BLOCKS
from tests.browser.conftest import DESK, Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES
from tests.media import picture

ALT = {"fa": "دو رنگ کنار هم", "ar": "لونان متجاوران", "en": "Two colours side by side"}
TITLE = {"fa": "همهٔ بخش‌ها", "ar": "كل المقاطع", "en": "Every block"}
EXERCISE = {
    "fa": "تمرین گروه\nبا هم بنویسید.",
    "ar": "تمرين الفريق\nيُكتب معًا.",
    "en": "For your team\nWrite it together.",
}
SAVE = "button.btn-primary[name=do][value=save]"


def fill(page: Page, texts: dict[str, str], place: int) -> None:
    """Write into the languages of a block, the first (the title) being 0."""
    for code, text in texts.items():
        page.locator("section.pair").nth(place).locator(f".side [lang={code}][name^=text-]").fill(text)


def add(page: Page, kind: str) -> None:
    """Add a block at the end."""
    page.locator("form.studio details.menu:not(.menu-end) > summary").last.click()
    press(page, f"details[open] button[value='add:{kind}:']")


def write(visitor: Visitor, photo: Path) -> str:
    """The lesson, published; gives the address of its module in the studio."""
    page = visitor.go("/en/studio/new")
    for code, title in TITLE.items():
        page.fill(f"[name=title_{code}]", title)
    press(page, "main form button.btn-primary")
    module = page.url
    press(page, "button[value='add:lesson']")
    fill(page, TITLE, 0)
    for kind, texts in {**BLOCKS, "exercise": EXERCISE, "image": ALT}.items():
        add(page, kind)
        fill(page, texts, page.locator("section.pair").count() - 1)
        press(page, SAVE)
    press(page, ".pair-foot a[href$='/files']")
    visitor.axe()
    page.set_input_files("#file-files", photo)
    press(page, "button[value=add]")
    visitor.axe()
    press(page, ".head a.btn")
    visitor.axe()
    return module


@pytest.mark.parametrize("language", ["en"])
def test_a_lesson_of_every_block(visit: Any, tmp_path: Path, language: str) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(1200, 800))
    trainer: Visitor = visit(viewport=DESK)
    sign_in(trainer, language, "trainer")
    module = write(trainer, photo)
    page = trainer.page
    kinds = page.locator("section.pair[data-item] h3")
    first, second = kinds.nth(0).inner_text(), kinds.nth(1).inner_text()
    handle = page.locator("[data-handle]").first
    handle.focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowDown")
    expect(kinds.nth(0)).to_have_text(re.compile(second.split(". ")[1]))
    expect(kinds.nth(1)).to_have_text(re.compile(first.split(". ")[1]))
    expect(page.locator("[data-handle]:focus")).to_have_count(1)
    page.goto(module)
    trainer.axe()
    press(page, ".head a.btn-primary")
    press(page, "main form button.btn-primary")
    key = module.rstrip("/").split("/")[-1]
    learner: Visitor = visit()
    sign_in(learner, language, "manager")
    for code in LANGUAGES:
        read(learner, code, key)


def read(learner: Visitor, code: str, key: str) -> None:
    """The lesson on a phone; its exercise, and the form that reports an error."""
    page = learner.go(f"/{code}/m/{key}/")
    press(page, "ol.modules h3 a")
    lesson = page.url
    learner.axe()
    image = page.locator("figure.picture img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0
    assert image.evaluate("image => image.currentSrc").endswith(".avif")
    page.locator(".checklist input").first.check()
    page.locator(".self-check summary").click()
    expect(page.locator(".self-check details li")).to_have_count(1)
    press(page, "section.exercise a.btn")
    learner.axe()
    page.goto(lesson)
    press(page, "a[href$='/report-error']")
    learner.axe()
