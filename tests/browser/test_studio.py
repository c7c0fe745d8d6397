"""A trainer writes a module on her phone, publishes it and edits it, while a learner reads what she started."""

import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

RUN = secrets.token_hex(2)
TITLES = {"fa": "دیدار", "ar": "لقاء", "en": "Meeting"}
LEARNERS = {"fa": "learner", "ar": "learner-ar", "en": "learner-en"}
BODIES = {
    "fa": "**گفت‌وگو** آغاز راه است.\n\n- گوش دادن\n- پرسیدن",
    "ar": "**الحوار** بداية الطريق.\n\n- الإصغاء\n- السؤال",
    "en": "**Talking** is where it begins.\n\n- listening\n- asking",
}
PROMPTS = {"fa": "کار نخست چیست؟", "ar": "ما العمل الأول؟", "en": "What comes first?"}
RIGHT = {"fa": "گوش دادن", "ar": "الإصغاء", "en": "Listening"}
LETTERS = {"fa": "الف ب پ ت", "ar": "أ ب ج د", "en": "A B C D"}
WRONG = {"fa": "سخنرانی", "ar": "الخطابة", "en": "Lecturing"}
ADDED = {"fa": "و یادداشت برداشتن", "ar": "وتدوين الملاحظات", "en": "and taking notes"}
SAVE = "button.btn-primary[name=do][value=save]"


def titles_of(language: str) -> dict[str, str]:
    """The titles of the module that is written with the interface in a language."""
    return {code: f"{title} {RUN} {language}" for code, title in TITLES.items()}


def numbered(texts: dict[str, str], number: int) -> dict[str, str]:
    """Texts told apart from others."""
    return {code: f"{text} {number}" for code, text in texts.items()}


def write(page: Page, place: int, texts: dict[str, str]) -> None:
    """Write into the languages of a block (or field), the first of the page being 0."""
    sides = page.locator("section.pair").nth(place)
    for code, text in texts.items():
        sides.locator(f".side [lang={code}][name^=text-]").fill(text)


def add(page: Page, kind: str) -> None:
    """Add a block or question at the end, through its menu."""
    page.locator("form.studio details.menu:not(.menu-end) > summary").last.click()
    press(page, f"details[open] button[value='add:{kind}:']")


def choose_language(visitor: Visitor, language: str) -> None:
    """Her own language, in which every page comes to her from now on."""
    page = visitor.go(f"/{language}/account/preferences")
    page.select_option("[name=language]", language)
    visitor.axe()
    press(page, "main form button.btn-primary")


def begin_module(visitor: Visitor, language: str) -> str:
    """A new module with its titles; gives its page."""
    page = visitor.page
    page.goto("/")
    visitor.axe()
    press(page, f".nav a[href='/{language}/studio/']")
    visitor.axe()
    press(page, "main a[href$='/studio/new']")
    for code, title in titles_of(language).items():
        page.fill(f"[name=title_{code}]", title)
    visitor.axe()
    press(page, "main form button.btn-primary")
    visitor.axe()
    return page.url


def write_lesson(visitor: Visitor, module: str, number: int) -> None:
    """A lesson with a title and a text in three languages."""
    page = visitor.page
    page.goto(module)
    press(page, "button[value='add:lesson']")
    write(page, 0, numbered(TITLES, number))
    press(page, SAVE)
    add(page, "text")
    write(page, page.locator("section.pair").count() - 1, numbered(BODIES, number))
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-server"))
    press(page, SAVE)
    visitor.axe()


def write_quiz(visitor: Visitor, module: str, language: str) -> None:
    """A quiz with a title and two questions in three languages."""
    page = visitor.page
    page.goto(module)
    press(page, "button[value='add:quiz']")
    write(page, 0, numbered(TITLES, 3))
    press(page, SAVE)
    quiz = page.url.split("#")[0]
    for number in (1, 2):
        page.goto(quiz)
        add(page, "single_choice")
        write_question(page, number)
        check_letters(page, language)
        visitor.axe()
    page.goto(quiz)
    visitor.axe()


def write_question(page: Page, number: int) -> None:
    """One right and one wrong option."""
    if "/questions/" not in page.url:
        press(page, "section[aria-labelledby=blocks] li:last-child h3 a")
    for code in LANGUAGES:
        page.fill(f"[name='q.prompt.{code}']", f"{PROMPTS[code]} {number}")
        page.fill(f"[name='q.option.a.{code}']", RIGHT[code])
        page.fill(f"[name='q.option.b.{code}']", WRONG[code])
    page.check("[name='q.correct'][value=a]")
    press(page, SAVE)


def check_letters(page: Page, language: str) -> None:
    """Options are called by the letters of her language."""
    offered = page.locator("fieldset label.check").all_inner_texts()
    assert [said.split("\n")[0].split(" ")[-1] for said in offered] == LETTERS[language].split(" ")


def preview(visitor: Visitor, module: str, titles: dict[str, str]) -> None:
    """The module, a lesson and the quiz as a learner will see them, in each language; the quiz is tried."""
    page = visitor.page
    page.goto(module)
    press(page, "main a[href*='preview']")
    for code in LANGUAGES:
        press(page, f".tools a.chip[href*='as={code}']")
        expect(page.locator(".preview")).to_have_attribute("lang", code)
        expect(page.locator(".preview h1")).to_have_text(titles[code])
    visitor.axe()
    press(page, ".preview li:first-child h3 a")
    expect(page.locator(".preview strong")).to_be_visible()
    visitor.axe()
    page.go_back()
    press(page, ".preview li:last-child h3 a")
    for question in page.locator("section.question").all():
        question.locator("input[value=a]").check()
    visitor.axe()
    press(page, ".preview form button.btn-primary")
    expect(page.locator(".preview .figures")).to_be_visible()
    visitor.axe()


def publish(visitor: Visitor, module: str, kind: str = "") -> None:
    """Publish the draft."""
    page = visitor.page
    page.goto(f"{module}publish")
    if kind:
        page.check(f"[name=kind][value={kind}]")
    visitor.axe()
    press(page, "main form button.btn-primary")
    expect(page.locator(".flash").first).to_be_visible()
    visitor.axe()


def edit_lesson(visitor: Visitor, module: str) -> None:
    """The first lesson gets a second text: more than wording, in the draft only."""
    page = visitor.page
    page.goto(module)
    press(page, "section[aria-labelledby=parts] li:first-child h3 a")
    add(page, "text")
    write(page, page.locator("section.pair").count() - 1, ADDED)
    press(page, SAVE)


def start(visitor: Visitor, language: str) -> str:
    """Find the module on the home page, start it; gives the module's page."""
    page = visitor.page
    page.goto(f"/{language}/")
    link = page.get_by_role("link", name=titles_of(language)[language], exact=True)
    expect(link).to_be_visible()
    with page.expect_navigation():
        link.click()
    module = page.url
    visitor.axe()
    press(page, "main form button.btn-primary")
    expect(page.locator("article.prose strong")).to_be_visible()
    return module


def read_first(page: Page, module: str) -> Page:
    """The first lesson as the learner has it."""
    page.goto(module)
    press(page, "main ol.modules li:first-child h3 a")
    return page


def move(visitor: Visitor, module: str, language: str) -> None:
    """She is offered the new edition, takes it, and reads what was added."""
    page = visitor.page
    page.goto(module)
    visitor.axe()
    press(page, "main form.flash button")
    expect(page.locator("main form.flash")).to_have_count(0)
    expect(read_first(page, module).locator("article.prose")).to_contain_text(ADDED[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trainer_writes_publishes_and_edits(visit: Any, language: str) -> None:
    trainer, learner = visit(), visit()
    sign_in(trainer, language, "trainer")
    choose_language(trainer, language)
    sign_in(learner, language, LEARNERS[language])
    module = begin_module(trainer, language)
    write_lesson(trainer, module, 1)
    write_lesson(trainer, module, 2)
    write_quiz(trainer, module, language)
    preview(trainer, module, titles_of(language))
    publish(trainer, module)
    started = start(learner, language)
    edit_lesson(trainer, module)
    article = read_first(learner.page, started).locator("article.prose")
    expect(article).not_to_contain_text(ADDED[language])
    publish(trainer, module, "edition")
    expect(read_first(learner.page, started).locator("article.prose")).not_to_contain_text(ADDED[language])
    move(learner, started, language)
