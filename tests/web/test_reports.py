"""The completion report: its page, its filters and its CSV."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from lms.db import db
from lms.organizations.queries import network_by_public_id
from lms.reports.query import Progress
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import ask, begin, completed_in, make_admin


def address(network_id: str, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network_id}/reports/completion{end}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_shares_and_totals_of_distinct_people(client: PageClient, language: str) -> None:
    network, module = make_network(), make_module()
    one, two = make_organization(network), make_organization(network)
    both = make_member(one)
    make_member(two, both)
    make_member(two)
    complete(both, module)
    page = client.sign_in(make_admin(network)).get(address(network.public_id, "?show=numbers", language))
    for score in {"fa": ("۱ از ۱", "۱ از ۲"), "ar": ("1 من 1", "1 من 2"), "en": ("1 of 1", "1 of 2")}[language]:
        assert score in page.text
    assert {"fa": "\u061c۱۰۰٪", "ar": "100%", "en": "100%"}[language] in client.get(
        address(network.public_id, "", language)
    ).text
    made = ask(network)
    place = [each.id for each in made.modules].index(module.id)
    assert made.totals[place].completed == 1
    assert made.people == 2


def test_an_organization_without_people_has_no_percentages(client: PageClient) -> None:
    network = make_network()
    make_organization(network, city={"fa": "یزد"})
    make_module()
    page = client.sign_in(make_admin(network)).get(address(network.public_id))
    assert "هیچ‌کس" in page.text
    assert "<bdi>یزد</bdi>، ۰ نفر" in page.text


@pytest.mark.parametrize("page", ["people", "expiries", "gain", "stops", "over-time", "time-to-complete"])
def test_another_networks_other_reports_are_not_found(client: PageClient, page: str) -> None:
    own = make_network()
    client.sign_in(make_admin(own))
    for end in ("", "/csv"):
        client.get(f"/fa/networks/{own.public_id}/reports/{page}{end}")
        client.get(f"/fa/networks/{make_network().public_id}/reports/{page}{end}", 404)


def test_only_an_admin_of_the_network_reads_it(client: PageClient) -> None:
    network, other = make_network(), make_network()
    client.sign_in(make_admin(other))
    for end in ("", "/csv"):
        client.get(address(network.public_id, end), 404)
    client.get(address("none"), 404)
    client.get(address(other.public_id))
    client.get(address(other.public_id, "/docx"), 404)
    client.sign_in(make_person()).get(address(other.public_id), 404)
    client.get("/fa/reports", 403)


def test_reports_open_with_the_first_network_and_let_choose_another(client: PageClient) -> None:
    first = make_network(names={"fa": "آبادی"})
    second = make_network(names={"fa": "یاران"})
    client.sign_in(make_admin(second, first))
    page = client.follow(client.get("/fa/reports", 302))
    assert 'aria-current="page"' in page.text
    assert f'value="{second.public_id}"' in page.text
    chosen = client.get(f"/fa/reports?network={second.public_id}", 302)
    assert chosen.headers["Location"] == address(second.public_id)
    client.get(f"/fa/reports?network={make_network().public_id}", 404)


@pytest.mark.parametrize("typed", ["شبکه سازان", "شبكه‌سازان", "سازان"])
def test_organizations_are_found_by_name_in_any_spelling(client: PageClient, typed: str) -> None:
    network = make_network()
    found = make_organization(network, names={"fa": "انجمن شبکه‌سازان"})
    make_organization(network, names={"fa": "کانون دیگر"})
    assert [row.id for row in ask(network, name=typed).page.items] == [found.id]
    page = client.sign_in(make_admin(network)).get(address(network.public_id, f"?q={typed}"))
    assert "کانون دیگر" not in page.text
    assert "برداشتن این پالایه" in page.text


def test_filters_by_country_and_progress(app: Flask) -> None:
    network, module = make_network(), make_module()
    modules = ask(network).modules
    none, some, every, empty = (make_organization(network, country=code) for code in ("IR", "IR", "BH", None))
    make_member(none)
    begin(make_member(some), module)
    person = make_member(every)
    complete(person, module)
    assert ids(ask(network, country="IR")) == {none.id, some.id}
    assert ids(ask(network, progress=Progress.NOT_STARTED)) == {none.id, empty.id}
    assert ids(ask(network, progress=Progress.COMPLETED, module_id=module.id)) == {every.id}
    assert ids(ask(network, progress=Progress.STARTED, module_id=module.id)) == {some.id}
    expected = {some.id} if len(modules) == 1 else {some.id, every.id}
    assert ids(ask(network, progress=Progress.STARTED)) == expected


def ids(made: object) -> set[int]:
    return {row.id for row in made.page.items}  # type: ignore[attr-defined]


def test_sorting_by_a_module_puts_the_empty_last_both_ways(app: Flask) -> None:
    network, module = make_network(), make_module()
    empty, low, high = (make_organization(network, names={"fa": name}) for name in ("آ", "ب", "پ"))
    for organization in (low, high):
        person = make_member(organization)
        make_member(organization)
        if organization is high:
            complete(person, module)

    def order(**query: Any) -> list[int]:
        return [row.id for row in ask(network, **query).page.items]

    assert order() == [empty.id, low.id, high.id]
    assert order(descending=True) == [high.id, low.id, empty.id]
    assert order(sort_module_id=module.id) == [low.id, high.id, empty.id]
    assert order(sort_module_id=module.id, descending=True) == [high.id, low.id, empty.id]


def test_dates_are_typed_in_the_readers_calendar_and_stand_in_the_address_as_iso(client: PageClient) -> None:
    network = make_network()
    make_organization(network)
    client.sign_in(make_admin(network))
    typed = "?since-day=۱&since-month=1&since-year=۱۴۰۵&until-day=&until-month=&until-year=&q="
    response = client.get(address(network.public_id, typed), 302)
    assert response.headers["Location"] == address(network.public_id, "?since=2026-03-21")
    page = client.follow(response)
    assert "۱ فروردین ۱۴۰۵" in page.text
    assert 'value="۱۴۰۵"' in page.text
    assert "21 مارس 2026" in client.get(address(network.public_id, "?since=2026-03-21", "ar")).text
    wrong = "?since-day=30&since-month=12&since-year=1404"
    page = client.get(address(network.public_id, wrong), 422)
    assert "چنین تاریخی نیست" in page.text
    assert 'value="1404"' in page.text
    client.get(address(network.public_id, "?country=XX"), 422)


def test_days_begin_and_end_in_the_networks_time_zone(app: Flask) -> None:
    network, module = make_network(time_zone="Asia/Tehran", threshold=1), make_module()
    person = make_member(make_organization(network))
    # 00:10 on 4 August in Tehran.
    completed_in(person, module, "fa", datetime(2026, 8, 3, 20, 40, tzinfo=UTC))

    def counted(since: date, until: date) -> int | None:
        return ask(network, module_id=module.id, since=since, until=until).totals[0].completed

    assert counted(date(2026, 8, 4), date(2026, 8, 4)) == 1
    assert counted(date(2026, 8, 3), date(2026, 8, 3)) == 0


def test_the_csv_has_the_numbers_of_the_page(client: PageClient) -> None:
    network, module = make_network(), make_module(titles={"fa": "ذی‌نفعان"})
    organization = make_organization(network, names={"fa": "=انجمن"}, country="IR")
    complete(make_member(organization), module)
    make_member(organization)
    client.sign_in(make_admin(network))
    response = client.get(address(network.public_id, "/csv"))
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Disposition"].isascii()
    table = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    place = table[0].index("ذی‌نفعان: تکمیل‌شده")
    assert table[1][0] == "'=انجمن"
    assert table[1][2] == "ایران"
    assert table[1][place : place + 2] == ["1", "0.5"]
    assert table[2][0] == "۱ سازمان"
    about = {row[0]: row[1] for row in table[4:]}
    assert about["ردیف‌های مورد انتظار"] == about["ردیف‌های نوشته‌شده"] == "۱"
    assert "میلادی" in about["تا تاریخ"]


def test_the_csv_has_every_row_where_the_page_has_25(client: PageClient) -> None:
    network = make_network()
    for number in range(27):
        make_organization(network, names={"fa": f"سمن {number}"})
    client.sign_in(make_admin(network))
    page = client.get(address(network.public_id))
    assert "۱ تا ۲۵ از ۲۷" in page.text
    assert "۲۶ تا ۲۷ از ۲۷" in client.get(address(network.public_id, "?page=2")).text
    table = list(csv.reader(io.StringIO(client.get(address(network.public_id, "/csv")).data.decode("utf-8-sig"))))
    assert [row[0] for row in table[1:28]] == [f"سمن {number}" for number in range(27)]


def grow(public_id: str) -> None:
    network, module = network_by_public_id(public_id), make_module()
    for _ in range(3):
        organization = make_organization(network)
        for _ in range(3):
            complete(make_member(organization), module)


@pytest.mark.parametrize("end", ["", "?language=fa&sort=-name", "?progress=started", "/csv"])
def test_statements_do_not_grow_with_rows(client: PageClient, end: str) -> None:
    network = make_network()
    public_id = network.public_id
    client.sign_in(make_admin(network))
    counts = []
    for _ in range(2):
        grow(public_id)
        db.session.remove()
        with counted_statements() as seen:
            client.get(address(public_id, end)).get_data()
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 24
