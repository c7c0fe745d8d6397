"""The module that asks every type of question, on a server of its own, and the way to its quiz."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.server import ROOT, Server, running
from tests.browser.steps import press, sign_in
from tests.every_type import TITLE, package


@contextmanager
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, and this module in it."""
    folder = tmp_path_factory.mktemp("every-type")
    with running(folder) as found:
        environment = {**os.environ, "LMS_DATA": str(found.data), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "lms", "modules", "import", str(package(folder / "every.zip"))]
        subprocess.run(command, env=environment, cwd=folder, check=True)
        yield found


def begin(visitor: Visitor, language: str, name: str) -> Page:
    """The attempt page of the quiz, as somebody finds it who has not passed it yet."""
    page = sign_in(visitor, language, name)
    page.goto(f"/{language}/")
    page.locator("main .modules").get_by_role("link", name=TITLE[language]).click()
    page.wait_for_url("**/m/*/**")
    page.goto("/".join(page.url.split("/")[:6]) + "/")
    enrol = page.locator("main form button.btn-primary")
    if enrol.count():
        press(page, "main form button.btn-primary")
        page.goto("/".join(page.url.split("/")[:6]) + "/")
    press(page, "main a[href*='/quizzes/']")
    press(page, "main form button.btn-primary, main a.btn-primary")
    expect(page).to_have_url(re.compile("/attempts/"))
    return page


def give(page: Page, at: int, given: Mapping[str, Sequence[str]]) -> None:
    """Answer the question at a place: what each of its parts is to hold."""
    for part, values in given.items():
        name = f"[name='q{at}.{part}']"
        field = page.locator(name).first
        if field.get_attribute("type") in ("radio", "checkbox"):
            for value in values:
                page.locator(f"{name}[value='{value}']").check()
        elif page.locator(f"select{name}").count():
            field.select_option(values[0])
        else:
            field.fill(values[0])


def items(page: Page) -> Locator:
    """The items of the ordering question as they stand."""
    return page.locator("[data-ordering] > [data-item]")


def order_of(page: Page) -> list[str]:
    """Their ids."""
    names = [select.get_attribute("name") or "" for select in page.locator("[data-ordering] select").all()]
    return [name.partition(".")[2] for name in names]
