"""What is refused is seen to be refused, on a phone, and what was given is not lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.formats import Formatter
from tests.browser.conftest import DESK, Visitor
from tests.browser.steps import DEMO_PASSWORD, press, sign_in
from tests.conftest import LANGUAGES

TEXT = "A text that is not lost by it."
LARGE: Any = {"name": "large.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n".ljust(6 * 1024 * 1024, b"0")}
LEARNERS = {"fa": "learner", "ar": "learner-ar", "en": "learner-en"}
AGREEMENT = {"fa": "از گفتگو تا تفاهم‌نامه", "ar": "من الحوار إلى مذكرة التفاهم", "en": "From talking to a memorandum"}


def invitation(page: Page) -> str:
    """A manager's link for somebody new."""
    page.goto("/fa/my-organization")
    page.goto(f"{page.url}/invitations/new")
    page.locator("main input[type=text]").first.fill("سیمین")
    press(page, "main button[type=submit]")
    found = re.search(r"/i/[a-z0-9]+", page.content())
    assert found
    return found[0]


def begin_quiz(page: Page, language: str) -> None:
    """The attempt at the quiz of the module that asks for a file."""
    page.goto(f"/{language}/")
    page.locator("main .modules").get_by_role("link", name=AGREEMENT[language]).click()
    press(page, "main form button.btn-primary")
    page.locator("form[action$='/done'] button").first.click()
    expect(page).to_have_url(re.compile("/quizzes/"))
    press(page, "main form button.btn-primary")
    expect(page).to_have_url(re.compile("/attempts/"))


def test_a_refused_form_shows_what_is_wrong_at_once(visit: Any) -> None:
    manager = visit(viewport=DESK)
    link = invitation(sign_in(manager, "fa", "manager"))
    newcomer = visit(locale="fa-IR")
    page = newcomer.go(link)
    page.fill("[name=password]", "12345678")
    press(page, "main form button[type=submit]")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator(".errors")).to_be_in_viewport(ratio=1)
    newcomer.axe()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiz_says_what_it_refuses_where_she_looks(visit: Any, language: str) -> None:
    learner = visit()
    page = sign_in(learner, language, LEARNERS[language])
    begin_quiz(page, language)
    hand_in_too_much(learner, language)
    end_session(learner, language)
    read_receipts(learner)


def hand_in_too_much(learner: Visitor, language: str) -> None:
    """A file that is too large: what is wrong is in view, and leads to the question; the text is saved."""
    page = learner.page
    page.locator("textarea").first.fill(TEXT)
    expect(page.locator("[data-length]")).to_contain_text(Formatter(language).number(len(TEXT.split())))
    page.locator("input[type=file]").set_input_files(LARGE)
    press(page, "button[name=upload]")
    expect(page.locator(".errors")).to_be_in_viewport(ratio=1)
    expect(page.locator(".errors")).to_contain_text(LARGE["name"])
    learner.axe()
    page.locator(".errors a").click()
    expect(page.locator("input[type=file]")).to_be_in_viewport()
    expect(page.locator("textarea").first).to_have_value(TEXT)


def end_session(learner: Visitor, language: str) -> None:
    """Her session ends: what says so leads to signing in and back, and the answer arrives."""
    page = learner.page
    learner.context.clear_cookies(name="tashbik_session")
    choice = page.locator("main input[type=radio]").first
    choice.check()
    expect(page.locator("[data-state=failed] a")).to_be_in_viewport(ratio=1)
    learner.axe()
    page.locator("[data-state=failed] a").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.fill("[name=name]", LEARNERS[language])
    page.fill("[name=password]", DEMO_PASSWORD)
    press(page, "main button[type=submit]")
    expect(page).to_have_url(re.compile("/attempts/[a-z0-9]+/$"))
    expect(page.locator("[data-state=server]")).to_be_visible()
    expect(choice).to_be_checked()


def read_receipts(learner: Visitor) -> None:
    """What the server received: no word of it is broken by letters on a phone."""
    page = learner.page
    press(page, "main a[href$='/received']")
    device = page.locator("main tbody td:last-child bdi").first
    assert device.evaluate("cell => cell.getClientRects().length") == 1
    learner.axe()
