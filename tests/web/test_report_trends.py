"""What happened over time: page and files against a look at every row."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from lms.certification.queries import local_day
from lms.clock import now
from lms.db import db
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.models import Membership, Network, NetworkMembership
from lms.progress.models import ModuleCompletion
from lms.reports.queries.modules import modules_of
from lms.reports.queries.trends import TrendQuery, trend
from lms.reports.steps import StepKind, step_of
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, make_member, make_network, make_organization
from tests.histories import History
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin, make_admin

THEN = datetime(2026, 3, 20, 21, tzinfo=UTC)
"""In Tehran the first day of Farvardin."""


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/over-time{end}"


def by_hand(network: Network, module_ids: set[int]) -> "Counter[date]":
    """Completions of people on days on which they belonged to the network, by looking at every row."""
    found: Counter[date] = Counter()
    for fact in db.session.scalars(select(ModuleCompletion)):
        day = fact.occurred_at.astimezone(ZoneInfo(network.time_zone)).date()
        if fact.module_id in module_ids and any(
            member.person_id == fact.person_id
            and member.confirmed_at is not None
            and member.covers(day)
            and link.organization_id == member.organization_id
            and link.network_id == network.id
            and link.covers(day)
            for member in db.session.scalars(select(Membership))
            for link in db.session.scalars(select(NetworkMembership))
        ):
            found[day] += 1
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", StepKind)
def test_every_number_is_what_counting_by_hand_gives_or_hidden(app: Flask, seed: int, kind: StepKind) -> None:
    history = History(Random(seed)).happen(120)
    for network in history.networks:
        modules, day = tuple(modules_of(network.id)), local_day(network, now())
        with reading_as(Formatter("fa")):
            large = [m for m in modules if sum(by_hand(network, {m.id}).values()) >= network.threshold]
            for chosen in (None, *modules):
                right: Counter[date] = Counter()
                for each, number in by_hand(network, {m.id for m in ([chosen] if chosen else large)}).items():
                    right[step_of(kind, each)] += number
                for threshold in (1, network.threshold) if chosen else (network.threshold,):
                    query = TrendQuery(network.id, threshold, modules, chosen, kind, day - timedelta(days=90), day)
                    for row in trend(query):
                        assert row.completions == right[row.step] or (threshold > 1 and row.completions is None)
                        assert not 0 < (row.completions or 0) < threshold


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_of_the_readers_calendar(client: PageClient, language: str) -> None:
    network, module = make_network(time_zone="Asia/Tehran", threshold=2), make_module()
    organization = make_organization(network)
    for _number in range(7):
        complete(make_member(organization, starts_on=LONG_AGO), module, THEN)
    client.sign_in(make_admin(network))
    page = client.get(address(network, "?since=2026-02-20&until=2026-04-25", language))
    assert "<svg" in page.text
    told = json.loads(client.get(address(network, "/json?since=2026-02-20&until=2026-04-25", language)).data)
    assert told["rows_expected"] == told["rows_written"] == len(told["rows"])
    first = {"fa": "2026-03-21"}.get(language, "2026-03-01")
    assert {row["first_day"]: row["completions"] for row in told["rows"]}[first] == 7
    assert client.get(address(network, "/xlsx", language)).data.startswith(b"PK")


def test_a_small_month_is_hidden_in_page_chart_and_files(client: PageClient) -> None:
    network, module = make_network(threshold=5), make_module()
    organization = make_organization(network)
    for month, people in ((3, 4), (4, 6), (5, 9)):
        for _number in range(people):
            complete(make_member(organization, starts_on=LONG_AGO), module, datetime(2026, month, 5, tzinfo=UTC))
    client.sign_in(make_admin(network))
    for end in ("", f"&module={module.public_id}"):
        where = f"?since=2026-03-01&until=2026-05-31{end}"
        table = list(csv.reader(io.StringIO(client.get(address(network, f"/csv{where}", "en")).get_data(as_text=True))))
        assert [row[3] for row in table[1 : table.index([])]] == ["9", "hidden", "hidden"]
        page = client.get(address(network, where, "en")).text
        assert page.count("<td>hidden</td>") == 2


def test_a_month_in_which_one_module_is_hidden_shows_the_sum_of_all(client: PageClient) -> None:
    network = make_network(threshold=5)
    organization = make_organization(network)
    people = [make_member(organization, starts_on=LONG_AGO) for _number in range(15)]
    modules = [make_module(), make_module()]
    for module, march, april in zip(modules, (people[:9], people[:6]), (people[9:], people[6:8]), strict=True):
        for month, some in ((3, march), (4, april)):
            for person in some:
                complete(person, module, datetime(2026, month, 5, tzinfo=UTC))
    client.sign_in(make_admin(network))
    where = "?since=2026-04-03&until=2026-04-20"
    told = json.loads(client.get(address(network, f"/json{where}", "en")).data)
    assert [row["completions"] for row in told["rows"]] == [8]
    assert "April 2026" in told["about"]["Filters"]
    weeks = json.loads(client.get(address(network, f"/json{where}&step=week", "en")).data)
    assert "30 March 2026 – 26 April 2026" in weeks["about"]["Filters"]
    for module in modules:
        of_one = client.get(address(network, f"{where}&module={module.public_id}", "en")).text
        assert "<td>hidden</td>" in of_one


def test_a_bad_span_is_refused_and_typed_dates_move_into_the_address(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_admin(network))
    client.get(address(network, "?since=2026-03-01&until=2026-02-01"), 422)
    client.get(address(network, "/csv?since=2026-03-01&until=2026-02-01"), 404)
    typed = "?since-day=1&since-month=1&since-year=1405"
    assert "since=2026-03-21" in client.get(address(network, typed), 302).headers["Location"]


def test_statements_do_not_grow(client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_admin(network))

    def more() -> int:
        module, organization = make_module(), make_organization(network)
        for _number in range(3):
            begin(make_member(organization), module)
        with counted_statements() as seen:
            client.get(address(network))
        return len(seen)

    assert more() == more()
