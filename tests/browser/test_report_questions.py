"""Five questions of a network admin, answered on the report's page; files and API give the same numbers."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from lms.clock import today
from lms.reports.ranges import last_ramadan
from tests.browser.conftest import DESK, Visitor
from tests.browser.server import Server
from tests.browser.steps import press, sign_in
from tests.conftest import LANGUAGES

HIDDEN = {"fa": "پنهان", "ar": "محجوب", "en": "hidden"}
Answer = list[tuple[str, list[int | str]]]
"""Organizations in order, each with its numbers; the totals last."""


@dataclass(frozen=True)
class Question:
    """What is typed and chosen to ask it, and which organizations answer it."""

    expected: list[str]
    chosen: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    since_ramadan: bool = False
    #: The module that the rows are sorted by, the largest share first.
    sorted_by: str = ""


@pytest.fixture(scope="module")
def network(server: Server) -> str:
    """The demonstration's network, which hides nothing, and its admin, who reads Hijri dates; gives its id."""
    with closing(sqlite3.connect(server.data / "tashbik.sqlite3")) as database:
        database.execute("UPDATE network SET threshold = 1")
        database.execute("UPDATE person SET hijri = 1 WHERE sign_in_name = 'admin'")
        database.commit()
        [found] = database.execute("SELECT public_id FROM network").fetchone()
    return str(found)


def module(server: Server, number: int) -> str:
    """A module of the kit, by its place."""
    with closing(sqlite3.connect(server.data / "tashbik.sqlite3")) as database:
        query = "SELECT public_id FROM module JOIN kit_module ON module_id = module.id ORDER BY kit_module.position"
        return str(database.execute(query).fetchall()[number][0])


def questions(server: Server) -> dict[str, Question]:
    """The five."""
    first, second = module(server, 0), module(server, 1)
    return {
        "in Bahrain with fewer than two people through the second module since Ramadan": Question(
            ["nasij"], {"country": "BH", "module": second}, {"fewer": "۲"}, since_ramadan=True
        ),
        "for women in Iran, and under way": Question(
            ["sepidar"], {"country": "IR", "sector": "women", "progress": "started"}
        ),
        "with nobody through the second module": Question(
            ["sepidar", "nasij", "arz"], {"module": second}, {"fewer": "1"}
        ),
        "whose people completed modules in Arabic": Question(
            ["sepidar", "kavir", "nasij", "arz", "zagros", "nakhil"], {"language": "ar"}
        ),
        "furthest with the first module": Question(
            ["kavir", "zagros", "nakhil", "nasij", "sepidar", "arz"], sorted_by=first
        ),
    }


NAMES = {
    "sepidar": {"fa": "سپیدار", "ar": "سبيدار", "en": "Sepidar"},
    "kavir": {"fa": "کویر", "ar": "كوير", "en": "Kavir"},
    "nasij": {"fa": "نسیج", "ar": "نسيج", "en": "Naseej"},
    "arz": {"fa": "سدر", "ar": "الأرز", "en": "Cedar"},
    "zagros": {"fa": "زاگرس", "ar": "زاغروس", "en": "Zagros"},
    "nakhil": {"fa": "نخیل", "ar": "نخيل", "en": "Nakheel"},
}


def asked(visitor: Visitor, language: str, question: Question) -> Page:
    """Ask on the page, as an admin does."""
    page = visitor.go(f"/{language}/reports")
    for name, value in question.chosen.items():
        page.select_option(f".filters-many [name={name}]", value)
    for name, value in question.typed.items():
        page.fill(f".filters-many [name={name}]", value)
    press(page, ".filters-many button[type=submit]")
    if question.since_ramadan:
        began = last_ramadan(today())
        assert began is not None
        press(page, f"main a[href*='since={began.isoformat()}']")
    if question.sorted_by:
        press(page, f"thead a[href*='sort=-{question.sorted_by}']")
    press(page, "main a[href*='show=numbers']")
    return page


def on_the_page(page: Page, language: str) -> Answer:
    """What the table shows."""
    rows = page.locator(".heat tbody tr")
    found = [(row.locator("th a").inner_text(), numbers(row, language)) for row in rows.all()]
    return [*found, ("", numbers(page.locator(".heat tfoot tr"), language))]


def numbers(row: Any, language: str) -> list[int | str]:
    texts = row.locator("td:not(.only-desk)").all_inner_texts()
    return [HIDDEN[language] if HIDDEN[language] in text else int(re.findall(r"\d+", text)[0]) for text in texts]


def in_the_file(page: Page, file_format: str) -> Answer:
    """What a file of the same view holds."""
    link = page.locator(f".head-row a[href*='/completion/{file_format}']").first.get_attribute("href")
    data = page.context.request.get(str(link)).body()
    if file_format == "csv":
        table: list[list[Any]] = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        table = table[: table.index([])]
    else:
        table = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    first = next(place for place, title in enumerate(table[0]) if ": " in title)
    found = [(str(row[0]), [number(each) for each in row[first::2]]) for row in table[1:]]
    return [*found[:-1], ("", found[-1][1])]


def number(value: Any) -> int | str:
    return int(value) if str(value).replace(".0", "").isdecimal() else str(value)


def in_the_api(page: Page, network: str, language: str, secret: str) -> Answer:
    """What programs are told that ask the same."""
    query = page.url.partition("?")[2].replace("show=numbers", "").strip("&")
    address = f"/api/v1/networks/{network}/reports/completion?{query}"
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": language}
    answer = page.context.request.get(address, headers=headers)
    assert answer.ok, answer.text()
    found = answer.json()

    def told(cells: list[dict[str, Any]]) -> list[int | str]:
        return [HIDDEN[language] if each["completed"] == "hidden" else each["completed"] for each in cells]

    rows = [(row["organization"]["names"][language], told(row["cells"])) for row in found["rows"]]
    return [*rows, ("", told(found["totals"]))]


def make_token(visitor: Visitor, network: str) -> str:
    """A token that reads reports, made on the page."""
    page = visitor.go(f"/en/networks/{network}/tokens")
    page.fill("[name=name]", "Questions")
    page.check("[name=scopes][value=reports]")
    press(page, "main form:has([name=name]) button[type=submit]")
    return str(page.locator("#secret").input_value())


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_questions_have_one_answer(
    visit: Callable[..., Visitor], server: Server, network: str, language: str
) -> None:
    visitor = visit(viewport=DESK)
    sign_in(visitor, language, "admin")
    secret = make_token(visitor, network)
    for name, question in questions(server).items():
        page = asked(visitor, language, question)
        shown = on_the_page(page, language)
        wanted = [NAMES[key][language] for key in question.expected]
        if question.sorted_by:
            shares = [row[1][0] for row in shown[:-1]]
            assert shares[0] != 0, name
            assert shares[-1] == 0, name
        assert len(shown) - 1 == len(wanted), (name, shown)
        for word in wanted:
            assert any(word in row[0] for row in shown), (name, word, shown)
        assert in_the_file(page, "csv") == shown, name
        assert in_the_file(page, "xlsx") == shown, name
        assert in_the_api(page, network, language, secret) == shown, name
    visitor.axe()


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_views_and_columns_fit_a_phone(visit: Callable[..., Visitor], network: str, language: str) -> None:
    visitor = visit()
    sign_in(visitor, language, "admin")
    for dimension in ("country", "sector", "cohort", "language", "month"):
        visitor.go(f"/{language}/networks/{network}/reports/by/{dimension}")
        visitor.axe()
    page = visitor.go(f"/{language}/networks/{network}/reports/completion?columns=country,sector,since")
    page.locator("details.more summary").last.click()
    visitor.axe()
    page.fill("#view-name", f"نمای {language}")
    press(page, "form[action$='/reports/views'] button")
    visitor.go(f"/{language}/networks/{network}/reports/views")
    visitor.axe()
    visitor.go(f"/{language}/reports/networks")
    visitor.axe()
