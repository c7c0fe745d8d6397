"""An organization's way through a level that two admins award: handed in, returned, awarded, extended, suspended."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.deciding import board, day_typed, decide, decision, hand_in, last_valid_day
from tests.browser.server import ROOT, Server
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

VIEWPORTS = {"phone": PHONE, "desk": DESK}
COMMENT, WHY = "نام دورهٔ دوم روشن نیست؛ آن را کامل کنید.", "The office was flooded."
PROPOSER = "مینا شریف"


@pytest.fixture(scope="module", autouse=True)
def network(server: Server) -> None:
    """The network of two signatures."""
    environment = {**os.environ, "LMS_DATA": str(server.data), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "tests.browser.four_eyes"], env=environment, check=True, cwd=ROOT)


@pytest.mark.parametrize("size", VIEWPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_handing_in_to_resuming(visit: Callable[..., Any], language: str, size: str) -> None:
    viewport = {"viewport": VIEWPORTS[size]}
    manager, first, second = visit(**viewport), visit(**viewport), visit(**viewport)
    sign_in(manager, language, f"maker-{language}-{size}")
    sign_in(first, language, "eyes-1")
    sign_in(second, language, "eyes-2")
    action = board(manager, language).locator("form[action$='/submit']").get_attribute("action") or ""
    cycle = action.split("/")[-2]

    hand_in(manager, language)
    page = decision(first, language, cycle)
    decide(first, "return", reason=COMMENT)
    expect(page.locator("form[action$='/return']")).to_have_count(0)

    expect(board(manager, language).locator("blockquote")).to_have_text(COMMENT)
    hand_in(manager, language)
    page = decision(first, language, cycle)
    decide(first, "award")
    expect(page.locator("form[action$='/award']")).to_have_count(0)
    page = decision(second, language, cycle)
    expect(page.locator("#main")).to_contain_text(PROPOSER)
    decide(second, "award")

    page = first.go(f"/{language}/cycles/{cycle}")
    ends = last_valid_day(page)
    decide(first, "extend", reason=WHY, **day_typed(language, ends - timedelta(days=1)))
    expect(page.locator("fieldset.is-wrong")).to_have_count(1)
    expect(page.locator("[name='extend-reason']")).to_have_value(WHY)
    decide(first, "extend", reason=WHY, **day_typed(language, ends + timedelta(days=100)))
    assert last_valid_day(page) == ends + timedelta(days=100)
    decide(first, "suspend", reason=WHY)
    expect(board(manager, language).locator("blockquote")).to_have_text(WHY)
    decide(first, "resume", reason="All is well again.")
    expect(board(manager, language).locator(".badge-certified").first).to_be_visible()
    look_back(manager, first, language)


def look_back(manager: Visitor, admin: Visitor, language: str) -> None:
    """The history as both sides read it, the dates that come, and the link for a phone's calendar."""
    page = board(manager, language)
    press(page, "main a[href$='/history']")
    manager.axe()
    expect(page.locator("#main")).not_to_contain_text(PROPOSER)
    expect(page.locator("#main")).to_contain_text(re.compile("TSH-"))
    press(admin.page, "main a[href$='/history']")
    admin.axe()
    expect(admin.page.locator("#main")).to_contain_text(PROPOSER)
    page = board(manager, language)
    press(page, "main a[href$='/calendar']")
    manager.axe()
    press(page, "form[action$='/calendar/link'] button")
    manager.axe()
    address = page.locator("#link").input_value()
    feed = manager.context.request.get(re.sub("^https?://[^/]+", manager.server.url, address))
    assert feed.body().startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"SUMMARY;LANGUAGE=" + language.encode() in feed.body()
    for name in ("certification", "calendar"):
        admin.go(f"/{language}/networks")
        press(admin.page, "main table th a")
        press(admin.page, f".tabs a[href$='/{name}']")
        admin.axe()
