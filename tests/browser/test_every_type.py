"""One quiz of every type in a browser: by keyboard, by dragging, without scripts; and the studio's form of each."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.quizzes.question_types import CORE_TYPES
from tests.browser.conftest import DESK
from tests.browser.every_type import begin, give, items, order_of, serving
from tests.browser.server import Server
from tests.browser.steps import press, sign_in
from tests.browser.test_attempt import wait_for_receipts
from tests.browser.test_studio_desk import add_from_menu, new_module
from tests.conftest import LANGUAGES
from tests.every_type import quiz, right

ASKED = quiz()["questions"]
ORDERED = next(at for at, question in enumerate(ASKED, 1) if question["id"] == "steps")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, which has the module that asks every type."""
    with serving(tmp_path_factory) as found:
        yield found


def fill(page: Page, language: str, *, without: int = 0) -> None:
    """Answer every question right, but for one."""
    for at, question in enumerate(ASKED, 1):
        if at != without:
            give(page, at, right(question["id"], language))


def put_in_order(page: Page) -> None:
    """Bring the items up by keyboard, one by one."""
    for place, wanted in enumerate("abcd"):
        at = order_of(page).index(wanted)
        button = items(page).nth(at).locator("[data-by='-1']")
        button.focus()
        for _step in range(at - place):
            page.keyboard.press("Enter")
    if page.locator("[data-keep]").is_visible():
        page.locator("[data-keep]").click()


def submit(page: Page) -> None:
    press(page, "button.btn[name=action][value=submit]")
    press(page, "main form button.btn-primary")
    expect(page).to_have_url(re.compile("/result"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_is_answered_and_marked(visit: Any, language: str) -> None:
    visitor = visit()
    page = begin(visitor, language, "learner" if language == "fa" else f"learner-{language}")
    visitor.axe()
    fill(page, language, without=ORDERED)
    put_in_order(page)
    wait_for_receipts(page)
    page.reload()
    assert order_of(page) == list("abcd")
    expect(page.locator("[data-step]:not(.done)")).to_have_count(0)
    submit(page)
    visitor.axe()
    assert page.locator(".badge-expired, .filled-no, .choice-no").count() == 0
    expect(page.locator("main .badge-certified").first).to_be_visible()


def test_items_are_dragged_and_moved_by_keys(visit: Any) -> None:
    visitor = visit(viewport=DESK)
    page = begin(visitor, "fa", "manager")
    before = order_of(page)
    items(page).nth(1).evaluate("item => item.scrollIntoView({block: 'center'})")
    grip = items(page).nth(0).locator("[data-grip]").bounding_box()
    last = items(page).nth(2).bounding_box()
    assert grip
    assert last
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(last["x"] + 20, last["y"] + last["height"] - 4, steps=12)
    page.mouse.up()
    moved = [before[1], before[2], before[0], before[3]]
    assert order_of(page) == moved
    said = page.locator("fieldset:has([data-ordering]) [data-said]")
    expect(said).to_contain_text("۳")
    button = items(page).nth(2).locator("[data-by='1']")
    button.focus()
    page.keyboard.press("ArrowUp")
    assert order_of(page) == [before[1], before[0], before[2], before[3]]
    expect(items(page).nth(1).locator("[data-by='1']")).to_be_focused()
    expect(said).to_contain_text("۲")
    wait_for_receipts(page)
    page.reload()
    assert order_of(page) == [before[1], before[0], before[2], before[3]]


def test_without_scripts_the_same_is_answered(visit: Any) -> None:
    visitor = visit(java_script_enabled=False)
    page = begin(visitor, "ar", "manager-ar")
    fill(page, "ar")
    press(page, ".actionbar button[name=action][value=save]")
    expect(page.locator(".saved-server").first).to_be_visible()
    submit(page)
    assert page.locator(".badge-expired, .filled-no, .choice-no").count() == 0


def test_roles_tell_what_is_asked(visit: Any) -> None:
    page = begin(visit(), "en", "admin")
    expect(page.get_by_role("combobox", name="Coalition")).to_be_visible()
    expect(page.get_by_role("textbox", name="Gap 1")).to_be_visible()
    expect(page.get_by_role("combobox", name="Gap 2")).to_be_visible()
    group = page.get_by_role("group", name="Charities of a city that divide their tasks")
    expect(group.get_by_role("radio", name="Network")).to_be_visible()
    expect(page.get_by_role("button", name="Move down: Evaluate the first year")).to_be_visible()


@pytest.mark.parametrize(("language", "viewport"), [("fa", None), ("en", DESK)])
def test_the_form_of_each_type_is_read_by_everybody(visit: Any, language: str, viewport: Any) -> None:
    trainer = visit(**({"viewport": viewport} if viewport else {}))
    page = sign_in(trainer, language, "trainer")
    new_module(trainer, language, f"X{secrets.token_hex(3)}")
    press(page, "button[value='add:quiz']")
    quiz_address = page.url
    for kind in CORE_TYPES:
        page.goto(quiz_address)
        add_from_menu(page, f"add:{kind.key}:")
        if "/questions/" not in page.url:
            press(page, "main a[href*='/studio/questions/'] >> nth=-1")
        trainer.axe()


def test_a_passage_becomes_gaps_as_it_is_saved(visit: Any) -> None:
    trainer = visit()
    page = sign_in(trainer, "ar", "trainer")
    new_module(trainer, "ar", f"X{secrets.token_hex(3)}")
    press(page, "button[value='add:quiz']")
    add_from_menu(page, "add:gap_fill:")
    for code in LANGUAGES:
        page.fill(f"[name='q.prompt.{code}']", "?")
        page.fill(f"[name='q.passage.{code}']", "A [[word]] and a [[right | wrong]] one.")
    press(page, ".actionbar .btn-primary")
    trainer.axe()
    for code in LANGUAGES:
        expect(page.locator(f"[name='q.passage.{code}']")).to_have_value("A [[g1]] and a [[g2]] one.")
        expect(page.locator(f"[name='q.answer.g1.a.{code}']")).to_have_value("word")
        expect(page.locator(f"[name='q.answer.g2.b.{code}']")).to_have_value("wrong")
    page.locator("main a[href$='/preview']").click()
    expect(page.locator(".preview select.gap")).to_be_visible()
    trainer.axe()
