"""A case, an essay, a file and a survey: answered on a phone, graded by keyboard at a desk, read by the learner."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from lms.training.packages import write_package
from lms.training.tree import Tree
from tests.browser.conftest import DESK
from tests.browser.server import ROOT, Server
from tests.browser.steps import press, sign_in
from tests.browser.test_attempt import wait_for_receipts
from tests.quizzes import CODES, case_study, essay, questions, quiz_file, survey, upload_question

LEARNERS = {"fa": "learner", "ar": "learner-ar", "en": "learner-en"}
NAME = "تفاهم‌نامه.pdf"
PDF = b"%PDF-1.7\nwords\n%%EOF\n"


@pytest.fixture(scope="module")
def quiz(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A quiz with a question of each kind that people grade, brought in by a package; its id."""
    about = [{**asked, "in_case": True} for asked in (questions()[0], essay())]
    asked = [case_study(), *about, upload_question(), survey()]
    titles = {"fa": "برنامه", "ar": "خطة", "en": "Plan"}
    manifest = {
        "format_version": 1,
        "id": "by-hand",
        "source_language": "fa",
        "languages": list(CODES),
        "title": titles,
        "sequence": [{"quiz": "final", "required": True}],
    }
    package = tmp_path_factory.mktemp("package") / "module.zip"
    with package.open("wb") as file:
        write_package(Tree(manifest, {}, {"final": quiz_file(asked)}), file)
    bring_in(server, package)
    with sqlite3.connect(server.data / "tashbik.sqlite3") as connection:
        query = (
            "SELECT q.public_id FROM quiz_version q JOIN module_version v ON v.id = q.module_version_id "
            "JOIN module m ON m.id = v.module_id WHERE m.key = 'by-hand'"
        )
        (found,) = connection.execute(query).fetchone()
    return str(found)


def bring_in(server: Server, package: Path) -> None:
    """Import a package into the data of a running server."""
    environment = {**os.environ, "LMS_DATA": str(server.data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "lms", "modules", "import", str(package)]
    subprocess.run(command, env=environment, check=True, cwd=server.data.parent)


@pytest.mark.parametrize("language", CODES)
def test_what_she_writes_is_graded_and_told(visit: Callable[..., Any], quiz: str, language: str) -> None:
    learner = visit()
    page = sign_in(learner, language, LEARNERS[language])
    page.goto(f"/{language}/quizzes/{quiz}/")
    learner.axe()
    press(page, "main form button.btn-primary")
    page.locator("textarea").fill("نخست با هم دیدار می‌کنیم.")
    page.locator("[name='q5.a']").nth(1).check()
    page.locator("input[type=file]").set_input_files({"name": NAME, "mimeType": "text/html", "buffer": PDF})
    press(page, "button[name=upload]")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    expect(page.locator("textarea")).to_have_value("نخست با هم دیدار می‌کنیم.")
    wait_for_receipts(page)
    learner.axe()
    press(page, "button[value=submit]")
    press(page, "main form button.btn-primary")
    expect(page.locator(".badge-progress").first).to_be_visible()
    learner.axe()

    trainer = visit(viewport=DESK)
    desk = sign_in(trainer, language, "trainer")
    desk.goto(f"/{language}/grading/")
    trainer.axe()
    press(desk, f"form:has(input[value='{quiz}']) button")
    trainer.axe()
    for _ in range(2):
        grade_by_keyboard(desk)
    expect(desk).to_have_url(f"{trainer.server.url}/{language}/grading/")
    desk.goto(f"/{language}/grading/done")
    trainer.axe()
    press(desk, "main td a, main th a")
    trainer.axe()

    page.goto(f"/{language}/")
    learner.axe()
    press(page, ".notice-new button")
    expect(page.locator(".badge-certified").first).to_be_visible()
    expect(page.get_by_text("آفرین").first).to_be_visible()
    learner.axe()
    page.goto(f"/{language}/notices")
    expect(page.locator(".notice:not(.notice-new)")).to_have_count(1)
    learner.axe()


def grade_by_keyboard(page: Any) -> None:
    """The second level of each criterion, a word to the learner, and on to the next answer."""
    page.keyboard.press("2")
    page.keyboard.press("2")
    expect(page.locator("#comment")).to_be_focused()
    page.keyboard.type("آفرین")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
