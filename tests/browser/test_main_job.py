"""The main job, from the network's founding to its report, in each language, on a phone."""

import re
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.answers import answer_all
from tests.browser.conftest import Visitor
from tests.browser.founding import NAMES, found_network, join, join_link
from tests.browser.steps import press
from tests.conftest import LANGUAGES

FIRST, SECOND = "what-networking-is", "forms-of-networks"


def answer_before(visitor: Visitor, language: str) -> None:
    """Start the first module, and take its entry quiz: what was right is not told."""
    page = visitor.page
    press(page, "main button.btn-primary")
    visitor.axe()
    take_quiz(visitor, FIRST, language, right=False)
    expect(page.locator("article.question")).to_have_count(0)
    press(page, "main a.btn-primary")
    visitor.axe()
    press(page, "ol.modules a[href$='/origin/']")


def see_gain(visitor: Visitor) -> None:
    """The module's page tells what she got before and after."""
    press(visitor.page, "main a.btn-primary")
    expect(visitor.page.locator("main .gain")).to_contain_text(re.compile("[%٪].*[%٪]"))
    visitor.axe()


def read_lessons(visitor: Visitor, language: str) -> None:
    """Step 4: read until the module's quiz."""
    page = visitor.page
    for _ in range(12):
        if "/quizzes/" in page.url:
            return
        expect(page.locator("article.prose")).to_have_attribute("lang", language)
        visitor.axe()
        press(page, "article form button.btn-primary")
    raise AssertionError("the lessons do not end")


def take_quiz(visitor: Visitor, module: str, language: str, *, right: bool) -> Page:
    """Step 5: one attempt; every answer is saved on the server before it is submitted."""
    page = visitor.page
    press(page, "main form button.btn-primary")
    visitor.axe()
    answer_all(page, module, language, right=right)
    page.locator("h1").click()
    expect(page.locator(".saved-server").first).to_be_visible()
    expect(page.locator(".saved-device")).to_be_hidden()
    press(page, "button[name=action][value=submit]")
    press(page, "main form button.btn-primary")
    expect(page).to_have_url(re.compile("/result"))
    visitor.axe()
    return page


def learn(visitor: Visitor, language: str) -> None:
    """Steps 4 and 5 for the whole kit: the first quiz fails once."""
    page = visitor.page
    answer_before(visitor, language)
    read_lessons(visitor, language)
    visitor.axe()
    quiz = page.url
    take_quiz(visitor, FIRST, language, right=False)
    assert page.locator(".badge-expired").count() > 0, "she sees what was not right"
    assert page.locator(".badge-progress:has-text('')").count() == 0, "the key stays hidden while attempts are left"
    page.goto(quiz)
    take_quiz(visitor, FIRST, language, right=True)
    see_gain(visitor)
    page.goto(f"{visitor.server.url}/{language}/")
    press(page, "main button.btn-primary")
    read_lessons(visitor, language)
    take_quiz(visitor, SECOND, language, right=True)


def check_certificate(visitor: Visitor, language: str, name: str) -> None:
    """Step 7: the certificate, its page for anybody, and its PDF in three languages."""
    page = visitor.go(f"/{language}/certificates")
    expect(page.locator("main")).to_contain_text(re.compile("TSH-"))
    visitor.axe()
    found = re.search(r"TSH-[A-Z0-9]{4}-[A-Z0-9]{4}", page.content())
    assert found
    page.goto(f"{visitor.server.url}/v/{found[0]}")
    expect(page.locator(".certificate")).to_contain_text(name)
    visitor.axe()
    for code in LANGUAGES:
        answer = visitor.context.request.get(f"/{code}/verify/{found[0]}/certificate.pdf")
        assert answer.ok
        assert answer.body().startswith(b"%PDF-")


def read_report(visitor: Visitor, language: str, network: str) -> None:
    """Step 9: the report, down to the person, and its files with the numbers of the page."""
    page = visitor.go(f"{network.replace('/networks/', '/networks/')}/reports/completion")
    visitor.axe()
    numbers = page.locator("table.heat tbody tr").first.locator("td").all_inner_texts()
    assert numbers
    book = visitor.context.request.get(f"{network}/reports/completion/xlsx")
    assert book.ok
    rows = CalamineWorkbook.from_filelike(BytesIO(book.body())).get_sheet_by_index(0).to_python()
    assert any(f"{NAMES[language]} first {language}" in map(str, row) for row in rows)
    listed = visitor.context.request.get(f"{network}/reports/completion/csv")
    assert f"{NAMES[language]} first {language}" in listed.body().decode("utf-8-sig")
    press(page, "table.heat tbody th a")
    visitor.axe()
    press(page, "table a[href*='/people/']")
    visitor.axe()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_network_to_its_report(visit: Any, language: str) -> None:
    admin, manager, learner = visit(), visit(), visit(locale={"fa": "fa-IR", "ar": "ar-BH", "en": "en-GB"}[language])
    network, link = found_network(admin, language)
    page = join(manager, link, language, "manager")
    manager.go(f"/{language}/my-organization")
    manager.axe()
    organization = page.url
    press(page, "main a[href$='/invitations']")
    press(page, "main a[href$='/invitations/new']")
    page.fill("[name=name]", "Learner")
    press(page, "main form button.btn-primary")
    manager.axe()
    join(learner, join_link(page), language, "learner")
    learner.axe()
    learn(learner, language)
    check_certificate(learner, language, f"{NAMES[language]} learner")
    page.goto(organization)
    manager.axe()
    read_report(admin, language, network)
