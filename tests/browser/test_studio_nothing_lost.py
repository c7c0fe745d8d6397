"""What is typed in the studio is neither lost nor written over: two tabs at one text, a session that ends."""

import json
import re
import secrets
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.steps import DEMO_PASSWORD, press, sign_in
from tests.browser.test_studio_desk import add_from_menu, new_module, write_lesson

KEPT = "Object.keys(localStorage).filter((key) => /^(studio|keep):/.test(key)).length"
SAVE = ".actionbar .btn-primary"
SHOWN = "textarea[lang=fa]"


def begin(visitor: Visitor) -> Page:
    """The editor of a lesson with one block."""
    page = sign_in(visitor, "fa", "trainer")
    new_module(visitor, "fa", f"X{secrets.token_hex(3)}")
    write_lesson(visitor, "درس")
    page.goto(page.url.partition("#")[0])
    return page


def stands(page: Page) -> str:
    """The text as the server has it, seen by somebody with nothing on her device."""
    answer = page.request.get(page.url.partition("#")[0])
    found = re.search(r'<textarea[^>]*lang="fa"[^>]*>([^<]*)</textarea>', answer.text())
    return found[1] if found else ""


def write(page: Page, text: str, state: str) -> None:
    """Type, and wait for what the page says of it."""
    page.locator(SHOWN).fill(text)
    expect(page.locator("[data-saved]")).to_have_class(re.compile(f"saved-{state}"))


def end_session(visitor: Visitor) -> None:
    """What a session's last hour does to its cookie."""
    visitor.context.clear_cookies(name="tashbik_session")


def sign_in_here(page: Page) -> None:
    """Fill in the page for signing in."""
    page.fill("[name=name]", "trainer")
    page.fill("[name=password]", DEMO_PASSWORD)
    press(page, "main form button[type=submit]")


def test_words_whose_receipt_was_lost_are_nobody_elses(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)

    def swallow(route: Any) -> None:
        """It arrives, and its answer does not."""
        route.fetch()
        route.abort()

    page.route("**/studio/texts/**", swallow)
    write(page, "آغاز", "device")
    page.unroute("**/studio/texts/**")
    trainer.problems.clear()
    write(page, "آغاز و ادامه", "server")
    assert stands(page) == "آغاز و ادامه"


def test_hours_without_a_line_do_not_fill_the_store(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)
    page.route("**/studio/texts/**", lambda route: route.abort())
    # The first one is tried twice.
    texts = ["نوشتهٔ 0", *(f"نوشتهٔ {number}" for number in range(14))]
    for text in texts:
        with page.expect_event("requestfailed"):
            page.locator(SHOWN).fill(text)
            page.keyboard.press("Control+KeyS")
    stored = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => /^studio:/.test(key)).map(([, kept]) => kept)"
    )
    (found,) = map(json.loads, stored)
    trainer.problems.clear()
    assert found["text"] == texts[-1]
    assert found["sent"] == texts[-10:]


@pytest.mark.parametrize("deed", ["save", "leave"])
def test_two_tabs_are_merged_by_hand(visit: Any, deed: str) -> None:
    trainer = visit()
    page = begin(trainer)
    other = trainer.context.new_page()
    other.goto(page.url)
    write(other, "از زبانهٔ نخست", "server")
    write(page, "از زبانهٔ دوم", "failed")
    page.reload()
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-failed"))
    assert stands(page) == "از زبانهٔ نخست", "a reload writes over nobody's text"
    assert page.locator(SHOWN).input_value() == "از زبانهٔ دوم"
    press(page, SAVE)
    trainer.axe()
    expect(page.get_by_text("در زبانهٔ دیگری از خودتان")).to_be_visible()
    decided = "از هر دو زبانه" if deed == "save" else "از زبانهٔ نخست"
    page.locator("main textarea").fill(decided if deed == "save" else "نیمه‌کاره")
    press(page, "main .btn-primary" if deed == "save" else "main .btn-quiet")
    expect(page.locator(SHOWN)).to_have_value(decided)
    page.wait_for_timeout(2000)
    assert stands(page) == decided
    assert page.evaluate(KEPT) == 0


def test_a_text_that_waits_for_its_merge_is_not_lost_with_the_page(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)
    other = trainer.context.new_page()
    other.goto(page.url)
    lesson = page.url
    write(other, "از زبانهٔ نخست", "server")
    write(page, "از زبانهٔ دوم", "failed")
    press(page, SAVE)
    page.locator("main textarea").fill("از زبانهٔ دوم، بهتر")
    page.goto(lesson)
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-failed"))
    expect(page.locator(SHOWN)).to_have_value("از زبانهٔ دوم، بهتر")
    assert stands(page) == "از زبانهٔ نخست"


def test_a_session_that_ends_is_told_and_loses_nothing(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)
    end_session(trainer)
    write(page, "نوشته‌ای که نباید گم شود", "failed")
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("نشست"))
    trainer.axe()
    press(page, ".actionbar [data-sign-in]")
    sign_in_here(page)
    expect(page.locator(SHOWN)).to_have_value("نوشته‌ای که نباید گم شود")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-server"))
    assert stands(page) == "نوشته‌ای که نباید گم شود"


def test_a_question_that_was_not_sent_comes_back_whole(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)
    press(page, ".crumbs li:nth-child(2) a")
    press(page, "button[value='add:quiz']")
    add_from_menu(page, "add:single_choice")
    page.fill("[name='q.prompt.fa']", "کار نخست چیست؟")
    page.fill("[name='q.option.a.fa']", "گوش دادن")
    page.fill("[name='q.option.b.fa']", "سخنرانی")
    page.check("[name='q.correct'][value=b]")
    page.fill("[name=mark]", "۳")
    end_session(trainer)
    press(page, SAVE)
    trainer.axe()
    page.goto(page.url)
    sign_in_here(page)
    expect(page.locator("[name='q.option.b.fa']")).to_have_value("سخنرانی")
    expect(page.locator("[name='q.correct'][value=b]")).to_be_checked()
    expect(page.locator("[name=mark]")).to_have_value("۳")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-device"))
    press(page, SAVE)
    expect(page.locator("[name=mark]")).to_have_value("۳")
    expect(page.locator("[data-saved]")).to_be_hidden()
    assert page.evaluate(KEPT) == 0


def begin_question(visitor: Visitor, prompt: str) -> Page:
    """The editor of a question that is saved."""
    page = begin(visitor)
    press(page, ".crumbs li:nth-child(2) a")
    press(page, "button[value='add:quiz']")
    add_from_menu(page, "add:single_choice")
    page.fill("[name='q.prompt.fa']", prompt)
    press(page, SAVE)
    return page


def save_elsewhere(page: Page, prompt: str) -> None:
    """As somebody else does, on another device."""
    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.studio')))")
    answer = page.request.post(page.url, form={**sent, "q.prompt.fa": prompt, "do": "save"})
    assert answer.ok


def test_a_question_that_never_arrived_comes_back_beside_what_others_saved(visit: Any) -> None:
    trainer = visit()
    page = begin_question(trainer, "پیش از آن")
    address = page.url
    page.fill("[name='q.prompt.fa']", "واژه‌های من")
    trainer.context.set_offline(True)
    page.click(SAVE)
    trainer.context.set_offline(False)
    page.goto(address)
    expect(page.locator("[name='q.prompt.fa']")).to_have_value("واژه‌های من")
    save_elsewhere(page, "واژه‌های دیگری")
    page.goto(address)
    expect(page.locator("[name='q.prompt.fa']")).to_have_value("واژه‌های من")
    page.click(SAVE)
    expect(page.get_by_text("واژه‌های دیگری")).to_be_visible()
    expect(page.locator("[name='q.prompt.fa']")).to_have_value("واژه‌های من")
    page.goto(address)
    expect(page.locator("[name='q.prompt.fa']")).to_have_value("واژه‌های من")
    press(page, SAVE)
    assert page.evaluate(KEPT) == 0


def test_a_question_that_was_refused_is_kept(visit: Any) -> None:
    page = begin_question(visit(), "پیش از آن")
    address = page.url
    page.fill("[name='q.prompt.fa']", "واژه‌های من")
    page.fill("[name=mark]", "abc")
    page.click(SAVE)
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-device"))
    page.goto(address)
    expect(page.locator("[name='q.prompt.fa']")).to_have_value("واژه‌های من")
    page.fill("[name=mark]", "۲")
    press(page, SAVE)
    assert page.evaluate(KEPT) == 0


def test_tabs_keep_their_own_words_of_a_question(visit: Any) -> None:
    trainer = visit()
    page = begin_question(trainer, "پیش از آن")
    other = trainer.context.new_page()
    other.goto(page.url)
    page.fill("[name='q.option.a.fa']", "از زبانهٔ نخست")
    other.fill("[name='q.prompt.fa']", "از زبانهٔ دوم")
    press(other, SAVE)
    other.close()
    assert page.evaluate(KEPT) == 1
    page.goto(page.url)
    expect(page.locator("[name='q.option.a.fa']")).to_have_value("از زبانهٔ نخست")
    trainer.page = page


def test_a_verdict_that_was_not_sent_is_sent_again(visit: Any) -> None:
    trainer = visit()
    page = sign_in(trainer, "fa", "trainer")
    page.goto("/fa/grading/")
    press(page, "main form button")
    task = page.url
    page.fill("#comment", "یادداشتی بلند")
    page.locator("[data-criterion]").last.locator("input").first.check()
    page.goto(task)
    expect(page.locator("#comment")).to_have_value("یادداشتی بلند")
    expect(page.locator("[data-criterion]").last.locator("input").first).to_be_checked()
    for criterion in page.locator("[data-criterion]").all():
        criterion.locator("input").nth(1).check()
    end_session(trainer)
    press(page, "form[data-grading] button[value=queue]")
    trainer.axe()
    with trainer.context.expect_page() as opened:
        page.locator("main a[target=_blank]").click()
    sign_in_here(opened.value)
    press(page, "main form button")
    assert page.url.endswith("/fa/grading/")
    page.goto(task)
    expect(page.get_by_text("یادداشتی بلند")).to_be_visible()


def test_the_preview_shows_what_was_typed_a_moment_ago(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)
    page.locator(SHOWN).fill("همین حالا نوشته شد")
    press(page, ".head a[href$='/preview']")
    expect(page.locator(".preview")).to_contain_text("همین حالا نوشته شد")


def test_the_key_for_saving_saves(visit: Any) -> None:
    trainer = visit()
    page = begin(trainer)
    lesson = page.url
    page.locator(SHOWN).fill("نوشته")
    with page.expect_response(re.compile("/studio/texts/"), timeout=1000):
        page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_have_class(re.compile("saved-server"))
    assert stands(page) == "نوشته"
    page.fill("[name=minutes]", "12")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert page.url == lesson
    expect(page.locator("[name=minutes]")).to_have_value(re.compile("12|۱۲"))
