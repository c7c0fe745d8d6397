"""Answers that are dragged: by mouse and by finger, in both directions of writing; and what dragging leaves alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.every_type import begin, items, order_of, serving
from tests.browser.pointers import POINTERS, Finger, Mouse, bring, centre, lift, middle
from tests.browser.server import Server
from tests.browser.steps import press, sign_in
from tests.browser.test_attempt import wait_for_receipts
from tests.browser.test_studio_desk import new_module

NAMES = {"fa": "learner", "ar": "learner-ar", "en": "learner-en"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, which has the module that asks every type."""
    with serving(tmp_path_factory) as found:
        yield found


@pytest.fixture(params=[("fa", "finger"), ("en", "mouse"), ("ar", "mouse"), ("en", "finger")], ids=" ".join)
def carrying(request: pytest.FixtureRequest, visit: Any) -> tuple[Visitor, str, Any]:
    """Somebody at the quiz on a phone, and what she carries with."""
    language, kind = request.param
    visitor = visit(viewport=PHONE, has_touch=kind == "finger")
    page = begin(visitor, language, NAMES[language])
    return visitor, language, POINTERS[kind](page)


def matching(page: Page) -> Locator:
    return page.locator("[data-assigning]").nth(0)


def sorting(page: Page) -> Locator:
    return page.locator("[data-assigning]").nth(1)


def chip(page: Page, match: str) -> Locator:
    return matching(page).locator(f"[data-place='{match}'] [data-grip]")


def row_of(page: Page, item: str) -> Locator:
    return sorting(page).locator(f"[data-row]:has([name$='.{item}'])")


def test_a_match_is_carried_to_its_item(carrying: tuple[Visitor, str, Any]) -> None:
    visitor, _language, pointer = carrying
    page = visitor.page
    centre(matching(page).locator(".match-list"))
    row = matching(page).locator("[data-row]").first
    before = row.bounding_box()
    start = lift(page, pointer, chip(page, "q"))
    expect(page.locator(".ghost")).to_have_count(1)
    bring(page, pointer, start, middle(row))
    expect(row).to_have_class("match-row over")
    assert row.bounding_box() == before
    visitor.axe()
    pointer.up()
    expect(row.locator("select")).to_have_value("q")
    expect(page.locator(".ghost, .over, .held")).to_have_count(0)
    words = matching(page).locator("[data-place='q'] [data-words]").inner_text()
    expect(matching(page).locator("[data-said]")).to_contain_text(words)
    expect(matching(page).locator("[data-place='q']")).to_have_class("used")
    wait_for_receipts(page)
    page.reload()
    expect(matching(page).locator("[data-row] select").first).to_have_value("q")


def test_an_item_is_carried_to_its_group(carrying: tuple[Visitor, str, Any]) -> None:
    visitor, _language, pointer = carrying
    page = visitor.page
    row = row_of(page, "b")
    centre(row)
    kinds = sorting(page)
    group = kinds.locator(".zone[data-place='n']")
    height = page.evaluate("document.documentElement.scrollHeight")
    start = lift(page, pointer, row.locator("[data-grip]"))
    bar = kinds.locator(".zones-bar .zone[data-place='n']")
    assert page.evaluate("document.documentElement.scrollHeight") == height
    bring(page, pointer, start, middle(bar if bar.count() else group))
    place = page.evaluate("scrollY")
    page.wait_for_timeout(150)
    assert page.evaluate("scrollY") == place, "the page stays while a group is aimed at"
    visitor.axe()
    pointer.up()
    expect(row.locator("input:checked")).to_have_value("n")
    expect(kinds.locator(".zones-bar")).to_have_count(0)
    words = row.locator("[data-words]").inner_text()
    expect(group.locator("li")).to_have_text([words])
    expect(kinds.locator("[data-said]")).to_contain_text(words)
    wait_for_receipts(page)
    page.reload()
    expect(row_of(page, "b").locator("input:checked")).to_have_value("n")
    expect(sorting(page).locator(".zone[data-place='n'] li")).to_have_count(1)


def test_an_item_is_carried_to_its_place(carrying: tuple[Visitor, str, Any]) -> None:
    visitor, _language, pointer = carrying
    page = visitor.page
    centre(items(page).nth(1))
    before = order_of(page)
    start = lift(page, pointer, items(page).nth(0).locator("[data-grip]"))
    x, y = middle(items(page).nth(2))
    bring(page, pointer, start, (x, y + 12))
    pointer.up()
    moved = [before[1], before[2], before[0], before[3]]
    assert order_of(page) == moved
    wait_for_receipts(page)
    page.reload()
    assert order_of(page) == moved


def test_escape_puts_everything_back(visit: Any) -> None:
    visitor = visit(viewport=DESK)
    page = begin(visitor, "ar", "manager-ar")
    saved = page.locator("[data-step].done").count()
    pointer = Mouse(page)
    centre(items(page).nth(1))
    before = order_of(page)
    field = page.locator("[name='q4.answer']")
    field.evaluate("field => field.focus({preventScroll: true})")
    start = lift(page, pointer, items(page).nth(0).locator("[data-grip]"))
    bring(page, pointer, start, middle(items(page).nth(3)))
    assert order_of(page) != before
    page.keyboard.press("Escape")
    assert order_of(page) == before
    expect(field).to_be_focused()
    pointer.up()
    centre(matching(page).locator(".match-list"))
    row = matching(page).locator("[data-row]").first
    bring(page, pointer, lift(page, pointer, chip(page, "p")), middle(row))
    page.keyboard.press("Escape")
    pointer.up()
    expect(row.locator("select")).to_have_value("")
    expect(page.locator(".ghost, .over, .held")).to_have_count(0)
    assert page.locator("[data-step].done").count() == saved


def test_the_page_scrolls_at_its_edge_and_under_a_finger_on_words(visit: Any) -> None:
    visitor = visit(has_touch=True)
    page = begin(visitor, "fa", "admin")
    pointer = Finger(page)
    handle = chip(page, "p")
    centre(handle)
    x, y = lift(page, pointer, handle)
    place = page.evaluate("scrollY")
    bring(page, pointer, (x, y), (x, PHONE["height"] - 12))
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > place
    pointer.up()
    words = matching(page).locator("[data-words]").first
    centre(words)
    x, y = middle(words)
    place = page.evaluate("scrollY")
    pointer.down(x, y)
    bring(page, pointer, (x, y), (x, y - 200))
    expect(page.locator(".ghost")).to_have_count(0)
    pointer.up()
    page.wait_for_function("place => scrollY > place + 50", arg=place)


def test_lists_and_buttons_stay_open_to_the_keyboard(visit: Any) -> None:
    visitor = visit()
    page = begin(visitor, "en", "trainer")
    row = matching(page).locator("[data-row]").first
    row.locator("select").focus()
    page.keyboard.press("ArrowDown")
    expect(matching(page).locator(".used")).to_have_count(1)
    expect(row.locator("select")).to_be_focused()
    radio = row_of(page, "b").locator("input").first
    radio.focus()
    page.keyboard.press("Space")
    expect(sorting(page).locator(".zones li")).to_have_count(1)
    assert page.locator("[data-grip]:not([tabindex='-1'])").count() == 0
    wait_for_receipts(page)
    visitor.axe()


@pytest.mark.parametrize("kind", POINTERS)
def test_a_part_of_a_module_is_dragged_in_the_studio(visit: Any, kind: str) -> None:
    trainer = visit(viewport=DESK, has_touch=kind == "finger")
    page = sign_in(trainer, "ar", "trainer")
    new_module(trainer, "ar", f"D{kind}")
    module = page.url
    for part in ("lesson", "quiz"):
        page.goto(module)
        press(page, f"button[value='add:{part}']")
    page.goto(module)
    parts = page.locator("[data-item]")
    names = [part.get_attribute("data-item") for part in parts.all()]
    centre(parts.nth(1))
    pointer = POINTERS[kind](page)
    start = lift(page, pointer, parts.nth(0).locator("[data-grip]"))
    x, y = middle(parts.nth(1))
    bring(page, pointer, start, (x, y + 12))
    expect(parts.nth(1)).to_have_class("module module-open drop-after")
    with page.expect_navigation():
        pointer.up()
    expect(parts.first).to_have_attribute("data-item", names[1] or "")
    expect(parts).to_have_count(len(names))
    trainer.axe()
