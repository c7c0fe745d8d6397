"""A self-assessment, filled in area after area."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.steps import press


def each_area(visitor: Any, fill: Callable[[Page], None], *, look: bool = True) -> None:
    """Fill page after page, from an area to the last, and save."""
    page = visitor.page
    while True:
        if look:
            visitor.axe()
        fill(page)
        is_last = page.locator("button[value=next]").count() == 0
        press(page, ".actionbar .btn-primary")
        if is_last:
            return


def choose(page: Page, level: int) -> None:
    for item in page.locator("main fieldset").all():
        item.locator("input").nth(level).check()


def agree(page: Page, level: int, why: str) -> None:
    choose(page, level)
    for reason in page.locator("main textarea").all():
        reason.fill(why)
