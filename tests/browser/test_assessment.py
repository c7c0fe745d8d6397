"""A whole round on a phone, from its beginning to the network's answer; and a chart that nothing cuts off."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.assessing import agree, choose, each_area
from tests.browser.conftest import DESK
from tests.browser.server import Server
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

MANAGERS = {"fa": "manager", "ar": "manager-ar", "en": "manager-en"}
LEARNERS = {"fa": "learner", "ar": "learner-ar", "en": "learner-en"}
WHY = {
    "fa": "صورت‌جلسه‌های دو سال گذشته همین را نشان می‌دهد.",
    "ar": "محاضر العامين الماضيين تُظهر ذلك.",
    "en": "The minutes of the last two years show it.",
}
#: Labels of the chart that stand out of it, or of the screen.
CUT = """() => {
  const svg = document.querySelector(".radar").getBoundingClientRect();
  return [...document.querySelectorAll(".radar text")].filter(text => {
    const at = text.getBoundingClientRect();
    return at.left < svg.left - 1 || at.right > svg.right + 1 || at.top < svg.top - 1 || at.bottom > svg.bottom + 1
      || at.left < 0 || at.right > innerWidth;
  }).map(text => text.textContent);
}"""


def scored(visitor: Any, language: str) -> None:
    """The manager begins, a colleague finds the notice; both score; the manager ends it."""
    page = visitor.page
    page.goto(f"/{language}/my-organization")
    press(page, "a[href$='/self-assessments']")
    visitor.axe()
    press(page, "main form button")
    visitor.axe()
    press(page, ".card-now .btn-primary")
    each_area(visitor, lambda here: choose(here, 1))
    expect(page.locator(".card-now progress")).to_have_attribute("value", "21")


def told_and_scored(visitor: Any, language: str) -> None:
    page = visitor.page
    page.goto(f"/{language}/")
    press(page, ".notice-new button")
    visitor.axe()
    press(page, ".card-now .btn-primary")
    choose(page, 3)
    press(page, ".actionbar .btn:not(.btn-primary)")
    expect(page.locator(".card-now progress")).to_have_attribute("value", "3")
    press(page, ".card-now .btn-primary")
    expect(page).to_have_url(re.compile("/scores/governance"))
    each_area(visitor, lambda here: choose(here, 2))


def a_third_scores(server: Server) -> None:
    """Somebody who has no account to sign in with gives in the newest round what another gave."""
    with closing(sqlite3.connect(server.data / "tashbik.sqlite3")) as database, database:
        newest = "SELECT max(id) FROM assessment_round"
        (other,) = database.execute("SELECT id FROM person WHERE sign_in_name = 'demo-kavir-1'").fetchone()
        rows = database.execute(
            f"SELECT item, level, scored_at, round_id FROM assessment_score WHERE round_id = ({newest}) GROUP BY item"
        ).fetchall()
        database.executemany(
            "INSERT INTO assessment_score (uid, person_id, item, level, scored_at, round_id) VALUES (?, ?, ?, ?, ?, ?)",
            [(uuid4().hex, other, *row) for row in rows],
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_on_a_phone(visit: Callable[..., Any], language: str) -> None:
    manager, colleague = visit(), visit(java_script_enabled=False)
    page = sign_in(manager, language, MANAGERS[language])
    sign_in(colleague, language, LEARNERS[language])
    scored(manager, language)
    colleague.axe = lambda: None  # the engine is a script
    told_and_scored(colleague, language)

    a_third_scores(manager.server)
    page.reload()
    press(page, "a[href$='/end-scoring']")
    manager.axe()
    press(page, "main form button")
    manager.axe()
    page.locator(".module a").first.click()
    expect(page.locator(".question caption").first).to_be_visible()
    each_area(manager, lambda here: agree(here, 2, WHY[language]))
    manager.axe()
    press(page, "form[action$='/close'] button")
    manager.axe()
    assert page.evaluate(CUT) == []
    result = page.url

    press(page, "a[href*='module=']")
    manager.axe()
    press(page, "main form .btn-primary")
    expect(page.locator("#plan")).to_be_visible()
    press(page, "button[value=done]")
    expect(page.locator(".tick-met")).to_have_count(1)
    press(page, "a[href*='/hand-in']")
    manager.axe()
    press(page, "main form .btn-primary")
    expect(page.locator(".badge-submitted")).to_be_visible()

    admin = visit(viewport=DESK)
    desk = sign_in(admin, language, "admin")
    desk.goto(f"/{language}/networks")
    press(desk, "main table a, main h3 a, main li a")
    press(desk, "a[href$='/self-assessments']")
    admin.axe()
    press(desk, "main tbody a")
    admin.axe()
    first = desk.locator("main form .card").first
    first.locator("summary").click()
    first.locator("input").nth(1).check()
    first.locator("textarea").fill(WHY[language])
    press(desk, "button[value=confirm]")
    admin.axe()

    page.goto(f"/{language}/")
    press(page, ".notice-new button")
    expect(page).to_have_url(result)
    expect(page.locator(".badge-certified")).to_have_count(2)
    manager.axe()
    assert page.evaluate(CUT) == []
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
