"""The report's numbers against a count of every row by hand, whatever has happened."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from lms.certification.queries import local_day
from lms.clock import now
from lms.formats import Formatter
from lms.organizations.models import Network
from lms.reports.queries.completion import Cell, CompletionReport
from tests.certification import make_module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization
from tests.histories import History
from tests.page import PageClient
from tests.reporting import ask, completed_in, make_admin, naive_completed, naive_people

SEEDS = range(4)
EVENTS = 120


def counted(cells: Sequence[Cell]) -> list[int | None]:
    return [cell.completed for cell in cells]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_is_what_counting_by_hand_gives(app: Flask, seed: int) -> None:
    history = History(Random(seed)).happen(EVENTS)
    for network in history.networks:
        people = naive_people(network.id, local_day(network, now()))
        everybody = set().union(*people.values())
        made = ask(network)
        assert {row.id for row in made.page.items} == set(people)
        assert made.people == made.total_people == len(everybody)
        for row in made.page.items:
            assert row.people == len(people[row.id])
            assert counted(row.cells) == [naive_completed(people[row.id], module.id) for module in made.modules]
        assert counted(made.totals) == [naive_completed(everybody, module.id) for module in made.modules]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("language", ["fa", ""])
def test_a_cut_shows_what_counting_by_hand_gives_or_nothing(app: Flask, seed: int, language: str) -> None:
    history = History(Random(seed)).happen(EVENTS)
    network = history.networks[seed % 2]
    day = local_day(network, now())
    query: dict[str, Any] = {"language": language, "since": None if language else day - timedelta(days=30)}
    made = ask(network, **query)
    cut = made.query.cut(network.time_zone)
    people = naive_people(network.id, day)
    for row in (*made.page.items, None):
        ids = people[row.id] if row else set().union(*people.values())
        for module, cell in zip(made.modules, row.cells if row else made.totals, strict=True):
            whole, part = naive_completed(ids, module.id), naive_completed(ids, module.id, cut)
            assert cell.completed in (part, None)
            if cell.completed is not None:
                assert not 0 < part < network.threshold
                assert not 0 < whole - part < network.threshold


def test_no_other_filter_changes_what_a_cut_hides(app: Flask) -> None:
    history = History(Random(7)).happen(EVENTS)
    network = history.networks[0]
    made = ask(network, language="fa")
    known = {row.id: row.cells for row in made.page.items}
    for row in made.page.items:
        alone = ask(network, language="fa", name=row.names["fa"])
        assert alone.totals == made.totals
        assert all(each.cells == known[each.id] for each in alone.page.items)
    assert {row.id: row.cells for row in ask(network, language="fa", descending=True, page=1).page.items} == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_the_cells_of_the_page_and_its_totals(client: PageClient, language: str) -> None:
    history = History(Random(1)).happen(EVENTS)
    network = history.networks[0]
    client.sign_in(make_admin(network))
    for filters in ("", "?language=fa", "?sort=-name"):
        path = f"/{language}/networks/{network.public_id}/reports/completion/csv{filters}"
        table = list(csv.reader(io.StringIO(client.get(path).data.decode("utf-8-sig"))))
        query: dict[str, Any] = {"language": "fa"} if "language" in filters else {}
        made = ask(network, descending="sort" in filters, **query)
        width = 2 * len(made.modules)
        lines = [row[-width::2] for row in table[1 : made.page.total + 2]]
        hidden = {"fa": "پنهان", "ar": "محجوب", "en": "hidden"}[language]
        assert sorted(lines) == sorted(shown(made, hidden))


def test_the_workbook_and_the_json_have_them_too(client: PageClient) -> None:
    history = History(Random(2)).happen(EVENTS)
    network = history.networks[0]
    path = f"/fa/networks/{network.public_id}/reports/completion"
    client.sign_in(make_admin(network))
    made = ask(network)
    data = client.get(f"{path}/xlsx").data
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    table = book.get_sheet_by_index(0).to_python()
    assert [row[-2 * len(made.modules) :: 2] for row in table[1:]] == [
        counted(each) for each in (*(row.cells for row in made.page.items), made.totals)
    ]
    assert table[1][4:6] == [date(2020, 1, 1), "۱۳۹۸/۱۰/۱۱"]
    facts = {row[0]: row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert facts["ردیف‌های مورد انتظار"] == facts["ردیف‌های نوشته‌شده"] == reader_number(made.page.total)
    assert b'rightToLeft="1"' in ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    found = json.loads(client.get(f"{path}/json").data)
    assert found["rows_expected"] == found["rows_written"] == len(found["rows"]) == made.page.total
    keys = [f"{module.public_id}_completed" for module in made.modules]
    assert [[row[key] for key in keys] for row in found["rows"]] == [counted(row.cells) for row in made.page.items]
    assert [found["totals"][key] for key in keys] == counted(made.totals)


def reader_number(number: int) -> str:
    return Formatter("fa").number(number)


def shown(made: CompletionReport, hidden: str) -> list[list[str]]:
    rows = [counted(row.cells) for row in made.page.items] + [counted(made.totals)]
    return [[hidden if number is None else str(number) for number in row] for row in rows]


def test_a_small_group_is_hidden_with_the_next_one_and_said_to_be(client: PageClient) -> None:
    network, module = make_network(), make_module()
    sizes = {"fa": (2, 6, 30), "ar": (8, 9, 30)}
    for place in range(3):
        fill(network, module, {language: numbers[place] for language, numbers in sizes.items()})
    made = ask(network, language="fa", module_id=module.id)
    assert sorted(row.cells[0].completed or 0 for row in made.page.items) == [0, 0, 30]
    assert made.totals[0].completed == 38
    assert ask(network, module_id=module.id).totals[0].completed == 85
    page = client.sign_in(make_admin(network)).get(f"/fa/networks/{network.public_id}/reports/completion?language=fa")
    assert page.text.count("پنهان</a></td>") == 2
    assert "کوچک‌تر از ۵ نفر" in page.text


def fill(network: Network, module: Any, completions: dict[str, int]) -> None:
    """An organization whose people completed the module in these languages."""
    organization = make_organization(network)
    for language, number in completions.items():
        for _ in range(number):
            completed_in(make_member(organization), module, language)
