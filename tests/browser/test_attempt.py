"""Taking a quiz with a poor connection: what is given is kept, sent when it can be, and never twice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

LANGUAGES = ("fa", "ar", "en")
CHIP = "[data-status] > [data-state={}]"


def sign_in(visitor: Any, language: str = "en", name: str = "learner") -> Page:
    page: Page = visitor.go(f"/{language}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", "tashbik-demo")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/{language}/")
    return page


def open_attempt(visitor: Any, language: str = "en", name: str = "learner") -> Page:
    """The attempt page of the first quiz of the kit that counts, started where there is none under way."""
    page = sign_in(visitor, language, name)
    # What she may go on with is a lesson or a module, by where the tests before left her: the kit's first has the quiz.
    onward = page.locator(".modules a[href*='/m/']").first.get_attribute("href") or ""
    page.goto("/".join(onward.split("/")[:4]) + "/")
    # An entry quiz stands first, where the lessons have not been read.
    page.locator("main .modules a[href*='/quizzes/']").last.click()
    page.click("main form button.btn-primary, main a.btn-primary")
    page.wait_for_url("**/attempts/*/")
    return page


def unsent(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tashbik.'))")
    return found


def wait_for_receipts(page: Page) -> None:
    """Until nothing is unsent. (Playwright's own waiting evaluates strings, which our policy forbids.)"""
    for _ in range(100):
        if not unsent(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"unsent: {unsent(page)}")


def radio(page: Page, nth: int) -> Any:
    return page.locator("input[type=radio]").nth(nth)


def other_radio(page: Page) -> Any:
    """An option of the first choice question that is not chosen."""
    return radio(page, 1 if radio(page, 0).is_checked() else 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_saved_as_it_is_given(visit: Callable[..., Any], language: str) -> None:
    visitor = visit()
    page = open_attempt(visitor, language)
    visitor.axe()
    box = page.locator("input[inputmode=decimal]").first
    box.fill("۱۲" if box.input_value() != "۱۲" else "۱۳")
    given = box.input_value()
    page.reload()  # at once, before the pause after which what is typed is sent
    expect(page.locator("input[inputmode=decimal]").first).to_have_value(given)
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    expect(page.locator("[data-step].done").first).to_be_visible()
    wait_for_receipts(page)
    page.reload()
    expect(page.locator("input[inputmode=decimal]").first).to_have_value(given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_of_a_phone_has_a_line_for_what_was_saved_only_once_something_was(
    visit: Callable[..., Any], language: str
) -> None:
    # Who attends no course of the demonstration: nothing of hers is saved yet.
    page = open_attempt(visit(), language, name={"fa": "manager", "ar": "trainer", "en": "operator"}[language])

    def above_the_button() -> float:
        boxes = [page.locator(f".actionbar{within}").bounding_box() for within in ("", " .btn-primary")]
        return float(boxes[1]["y"] - boxes[0]["y"])  # type: ignore[index]

    padding = above_the_button()
    assert padding < 20
    radio(page, 0).check()
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    assert above_the_button() > padding + 20


def test_without_connection_it_stays_here_and_is_sent_when_there_is_one(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = open_attempt(visitor)
    visitor.context.set_offline(True)
    visitor.problems.clear()
    other_radio(page).check()
    expect(page.locator(CHIP.format("device"))).to_be_visible()
    assert len(unsent(page)) == 1
    page.click("button[value=submit].btn")
    expect(page.locator(CHIP.format("failed"))).to_be_visible()
    visitor.context.set_offline(False)
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    assert unsent(page) == []
    visitor.problems.clear()


def test_what_was_not_sent_is_there_again_after_the_page_was_closed(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = open_attempt(visitor)
    address = page.url
    page.route("**/responses/*", lambda route: route.abort())
    chosen_second = radio(page, 0).is_checked()
    other_radio(page).check()
    expect(page.locator(CHIP.format("device"))).to_be_visible()
    page.close()
    page = visitor.context.new_page()
    page.goto(address)
    expect(radio(page, 1)).to_be_checked(checked=chosen_second)
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    assert unsent(page) == []
    visitor.problems.clear()


def test_what_makes_no_sense_is_said_at_once_and_does_not_hold_up_the_rest(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = open_attempt(visitor)
    page.locator("input[inputmode=decimal]").first.fill("eight")
    expect(page.locator(CHIP.format("failed"))).to_contain_text("Write a number")
    other_radio(page).check()
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    page.locator("input[inputmode=decimal]").first.fill("8")
    wait_for_receipts(page)


def test_saving_stays_where_she_is(visit: Callable[..., Any]) -> None:
    page = open_attempt(visit(), "fa")
    field = page.locator("input[inputmode=decimal]").first
    page.evaluate("window.stays = true")
    field.fill("7")
    field.press("Enter")
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    wait_for_receipts(page)
    page.locator("button[value=save].btn").click()
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    assert page.evaluate("window.stays"), "the page was not loaded anew"
    expect(field).to_be_in_viewport()
    field.fill("seven")
    with page.expect_navigation():
        field.press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    page.locator("input[inputmode=decimal]").first.fill("8")
    wait_for_receipts(page)


def test_signing_out_warns_of_what_was_not_sent(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = open_attempt(visitor)
    page.route("**/responses/*", lambda route: route.abort())
    other_radio(page).check()
    expect(page.locator(CHIP.format("device"))).to_be_visible()
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    assert asked
    assert "/attempts/" in page.url
    page.unroute("**/responses/*")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    visitor.problems.clear()


NOT_SUBMITTED = "[data-not-submitted]"
SAID = {
    "fa": "آزمون هنوز تحویل داده نشده است.",
    "ar": "لم يُسلَّم الاختبار بعد.",
    "en": "The quiz has not been submitted yet.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_press_that_did_not_get_through_stays_said_until_it_is_put_away(
    visit: Callable[..., Any], language: str
) -> None:
    visitor = visit()
    page = open_attempt(visitor, language)
    told = page.locator(NOT_SUBMITTED)
    expect(told).to_be_hidden()
    visitor.context.set_offline(True)
    other_radio(page).check()
    expect(page.locator(CHIP.format("device"))).to_be_visible()
    page.click("button[value=save].btn")
    expect(page.locator(CHIP.format("failed"))).to_be_visible()
    expect(told).to_be_hidden()
    page.click("button[value=submit].btn")
    expect(told).to_be_in_viewport()
    expect(told).to_contain_text(SAID[language])
    visitor.context.set_offline(False)
    expect(page.locator(CHIP.format("server"))).to_be_visible()
    expect(told).to_be_visible()
    page.reload()
    expect(told).to_be_in_viewport()
    visitor.axe()
    told.locator("button").click()
    expect(told).to_be_hidden()
    page.reload()
    expect(page.locator("[data-step].done").first).to_be_visible()
    expect(told).to_be_hidden()
    visitor.problems.clear()


def test_a_press_that_ended_on_the_browsers_own_page_is_said_until_the_quiz_is_submitted(
    visit: Callable[..., Any],
) -> None:
    visitor = visit()
    page = open_attempt(visitor, name="operator")
    address, told = page.url, page.locator(NOT_SUBMITTED)

    def press_offline() -> None:
        visitor.context.set_offline(True)
        page.click("main form button.btn-primary")
        page.wait_for_url("chrome-error://**")
        visitor.context.set_offline(False)
        page.goto(address)
        expect(told).to_be_in_viewport()

    press_offline()
    page.click("button[value=submit].btn")
    page.wait_for_url("**/submit")
    expect(told).to_be_hidden()
    press_offline()
    page.click("button[value=submit].btn")
    page.wait_for_url("**/submit")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/result")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    visitor.problems.clear()


def test_what_was_submitted_is_not_denied_where_only_the_answer_was_lost(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = open_attempt(visitor, name="operator")
    page.click("button[value=submit].btn")
    page.wait_for_url("**/submit")

    def lose(route: Any) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/submit", lose)
    page.click("main form button.btn-primary")
    page.wait_for_url("chrome-error://**")
    page.unroute("**/submit")
    page.go_back()
    page.wait_for_url("**/result")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    visitor.problems.clear()


def test_submitting_sends_first_what_waits(visit: Callable[..., Any]) -> None:
    visitor = visit()
    page = open_attempt(visitor)
    page.locator("input[inputmode=decimal]").first.fill("160")
    page.click("button[value=submit].btn")
    page.wait_for_url("**/submit")
    visitor.axe()
    page.click("main form button.btn-primary")
    page.wait_for_url("**/result")
    visitor.axe()
    assert unsent(page) == []
    assert "160" in page.content()
    page.click(".crumbs li:nth-child(3) a")
    visitor.axe()
