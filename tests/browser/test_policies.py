"""A quiz with certainty, answers judged at once and several pages: taken on a phone, by script, in two tabs."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.training.packages import write_package
from lms.training.tree import Tree
from tests.browser.server import Server
from tests.browser.steps import sign_in
from tests.browser.test_attempt import wait_for_receipts
from tests.browser.test_grading import LEARNERS, bring_in
from tests.quizzes import CODES, questions, quiz_file

RULES = {"certainty": True, "feedback": "each_question", "page_size": 2, "time_limit": 60, "late": 10}


@pytest.fixture(scope="module")
def quiz(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A quiz with every rule that changes its pages, brought in by a package; its id."""
    manifest = {
        "format_version": 1,
        "id": "ruled",
        "source_language": "fa",
        "languages": list(CODES),
        "title": {"fa": "قاعده‌ها", "ar": "قواعد", "en": "Rules"},
        "sequence": [{"quiz": "final", "required": True}],
    }
    package = tmp_path_factory.mktemp("package") / "module.zip"
    with package.open("wb") as file:
        write_package(Tree(manifest, {}, {"final": quiz_file(questions(), **RULES)}), file)
    bring_in(server, package)
    with sqlite3.connect(server.data / "tashbik.sqlite3") as connection:
        query = (
            "SELECT q.public_id FROM quiz_version q JOIN module_version v ON v.id = q.module_version_id "
            "JOIN module m ON m.id = v.module_id WHERE m.key = 'ruled'"
        )
        (found,) = connection.execute(query).fetchone()
    return str(found)


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)


@pytest.mark.parametrize("language", LEARNERS)
def test_certainty_judging_and_pages(visit: Callable[..., Any], quiz: str, language: str) -> None:
    visitor = visit()
    page: Page = sign_in(visitor, language, LEARNERS[language])
    page.goto(f"/{language}/quizzes/{quiz}/")
    visitor.axe()
    page.click("main form button.btn-primary")
    page.wait_for_url("**/attempts/*/")
    visitor.axe()
    choose(page, "q1.answer", "a")
    choose(page, "q1.certainty", "3")
    wait_for_receipts(page)
    page.reload()
    expect(page.locator('input[name="q1.certainty"][value="3"]')).to_be_checked()
    stale = visitor.context.new_page()
    stale.goto(page.url)
    page.click('button[name="check"][value="1"]')
    expect(page.locator('input[name="q1.answer"]')).to_have_count(0)
    expect(page.locator("#q1 .choice-no")).to_be_visible()
    visitor.axe()
    choose(stale, "q1.answer", "b")
    expect(stale.locator('[data-status] > [data-state="failed"]')).to_be_visible()
    stale.close()
    page.click('button[name="action"][value="next"]')
    page.wait_for_url("**page=2**")
    choose(page, "q3.answer", "false")
    wait_for_receipts(page)
    page.locator("[data-step]").first.click()
    expect(page.locator("#q1 .choice-no")).to_be_visible()
    page.click("a[href$='/received']")
    visitor.axe()
    expect(page.locator("main .scroll").first.locator(".badge-certified")).to_have_count(1)
    page.goto(page.url.replace("received", "submit"))
    page.click("main form button.btn-primary")
    page.wait_for_url("**/result")
    visitor.axe()
    expect(page.locator("a[href$='/received']")).to_be_visible()
