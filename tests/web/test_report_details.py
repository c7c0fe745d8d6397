"""The people of a whole network, a line a person and module: page and files against a look at every row."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.queries import local_day
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.kinds import Sector
from lms.organizations.models import Network, Organization
from lms.progress.models import Enrolment, ModuleCompletion
from lms.reports.local_days import LocalDays
from lms.reports.queries.details import details
from lms.reports.queries.details_query import details_of, expected
from lms.reports.queries.modules import modules_of
from lms.reports.queries.persons import Stage, members_of
from tests.certification import complete, make_module
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization, make_person
from tests.histories import History
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import begin, make_admin, naive_people

NAME = "شهرزاد پیشرو"
THEN = datetime(2026, 3, 20, 21, tzinfo=UTC)
"""In Tehran already the next day."""


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/people{end}"


def answer(client: PageClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def rows_of(client: PageClient, network: Network, end: str = "/csv") -> list[list[str]]:
    table = list(csv.reader(io.StringIO(answer(client, address(network, end)).removeprefix("\ufeff"))))
    return table[1 : table.index([])]


def by_hand(network: Network, module_ids: set[int]) -> set[Any]:
    """(Organization, name or number, module, completed) of every line, by looking at every row."""
    day = local_day(network, now())
    found: set[Any] = set()
    facts = [*db.session.scalars(select(Enrolment)), *db.session.scalars(select(ModuleCompletion))]
    for organization_id in naive_people(network.id, day):
        organization = db.session.get_one(Organization, organization_id)
        for member in members_of(organization, day):
            who = member.name if organization.shares_names else member.number
            mine = [fact for fact in facts if fact.person_id == member.person_id and fact.module_id in module_ids]
            for fact in mine:
                done = any(isinstance(each, ModuleCompletion) for each in mine if each.module_id == fact.module_id)
                found.add((organization_id, who, fact.module_id, done))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_lines_are_what_a_look_at_every_row_gives(app: Flask, seed: int) -> None:
    chance = Random(seed)
    history = History(chance).happen(120)
    begun = {tuple(row) for row in db.session.execute(select(Enrolment.person_id, Enrolment.module_id))}
    for person in db.session.scalars(select(Person)).all():
        module = chance.choice(history.modules)
        if (person.id, module.id) not in begun:
            begin(person, module)
    for network in history.networks:
        modules = modules_of(network.id)
        for asked in (None, modules[0]):
            query = details_of(network, modules, asked, now())
            shares = {each.id: each.id % 2 == 0 for each in db.session.scalars(select(Organization))}
            for each in db.session.scalars(select(Organization)):
                db.session.expunge(each)
            lines = list(details(query, shares))
            seen = {(line[0], line[2] if line[1] is None else line[1], line[3], line[5] is not None) for line in lines}
            assert len(seen) == len(lines) == expected(query)
            assert seen == _with_shares(network, shares, {module.id for module in query.modules})


@pytest.mark.parametrize("seed", range(3))
def test_filters_choose_organizations_and_how_far_people_are(app: Flask, seed: int) -> None:
    chance = Random(seed)
    history = History(chance).happen(120)
    begun = {tuple(row) for row in db.session.execute(select(Enrolment.person_id, Enrolment.module_id))}
    for person in db.session.scalars(select(Person)).all():
        module = chance.choice(history.modules)
        if (person.id, module.id) not in begun:
            begin(person, module)
    shares = {each.id: True for each in db.session.scalars(select(Organization))}
    with write_unit() as session:
        for organization in session.scalars(select(Organization)):
            organization.country, organization.sector = chance.choice(["IR", "BH"]), chance.choice(list(Sector))
    for network in history.networks:
        every = details_of(network, modules_of(network.id), None, now())
        places = {each.id: each for each in db.session.scalars(select(Organization))}
        lines = list(details(every, shares))
        stages = (None, Stage.STARTED, Stage.COMPLETED)
        for country, sector, stage in product(("", "IR"), ("", Sector.WOMEN.value), stages):
            query = replace(every, country=country, sector=sector, stage=stage)
            wanted = [
                line
                for line in lines
                if country in ("", places[line[0]].country)
                and sector in ("", places[line[0]].sector)
                and stage in (None, Stage.COMPLETED if line[5] is not None else Stage.STARTED)
            ]
            assert list(details(query, shares)) == wanted
            assert expected(query) == len(wanted)


def test_page_and_files_hold_what_is_asked_for_and_say_it(client: PageClient) -> None:
    network, module = make_network(), make_module()
    for name, country in (("Acacia Society", "BH"), ("Birch House", "IR")):
        organization = make_organization(network, names={"en": name}, country=country, shares_names=True)
        begin(make_member(organization, make_person(display_name=f"{name} one")), module)
        complete(make_member(organization, make_person(display_name=f"{name} two")), module)
    client.sign_in(make_admin(network))
    for query, people in {
        "?q=acacia": ["Acacia Society one", "Acacia Society two"],
        "?country=IR&state=started": ["Birch House one"],
        "?state=completed": ["Acacia Society two", "Birch House two"],
    }.items():
        page = client.get(address(network, query, "en")).text
        told = json.loads(answer(client, address(network, f"/json{query}", "en")))
        assert [row["person"] for row in told["rows"]] == people
        assert all(name in page for name in people)
        assert page.count("Society one") + page.count("House one") == sum("one" in name for name in people)
        assert told["about"]["Filters"] != "No filter"
        assert f"{len(people)} line" in page
    assert "Nobody fits these filters." in client.get(address(network, "?q=cedar", "en")).text
    client.get(address(network, "?state=gone"), 422)
    client.get(address(network, "/csv?state=gone"), 404)


def _with_shares(network: Network, shares: dict[int, bool], module_ids: set[int]) -> set[Any]:
    with write_unit() as session:
        for organization in session.scalars(select(Organization)):
            organization.shares_names = shares[organization.id]
    return by_hand(network, module_ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_names_are_shared_a_line_says_who_and_when(client: PageClient, language: str) -> None:
    network, module = make_network(time_zone="Asia/Tehran"), make_module()
    organization = make_organization(network, shares_names=True)
    person = make_member(organization, make_person(display_name=NAME))
    begin(person, module, THEN)
    complete(person, module, THEN)
    client.sign_in(make_admin(network))
    page = client.get(address(network, language=language))
    assert NAME in page.text
    assert {"fa": "۱ فروردین ۱۴۰۵", "ar": "21 مارس 2026", "en": "21 March 2026"}[language] in page.text
    told = json.loads(answer(client, address(network, "/json", language)))
    assert (told["rows_expected"], told["rows_written"]) == (1, 1)
    assert (told["rows"][0]["person"], told["rows"][0]["completed"]) == (NAME, "2026-03-21")
    for day in ("started", "completed"):
        assert told["rows"][0].get(f"{day}_jalali") == {"fa": "۱۴۰۵/۰۱/۰۱"}.get(language)
    assert client.get(address(network, "/xlsx", language)).data.startswith(b"PK")


def test_without_consent_nothing_tells_who_or_when(client: PageClient) -> None:
    network, module = make_network(), make_module()
    organization = make_organization(network)
    make_member(organization)
    person = make_member(organization, make_person(display_name=NAME))
    complete(person, module, THEN)
    client.sign_in(make_admin(network))
    for end in ("", "/csv", "/json"):
        text = answer(client, address(network, end))
        assert "فراگیر ۲" in text
        assert "تکمیل‌شده" in text
        for secret in (NAME, person.sign_in_name, "فروردین", "2026-03", "۱۴۰۵/", "0.9"):
            assert secret not in text


def test_a_module_can_be_asked_for(client: PageClient) -> None:
    network, module, other = make_network(), make_module(), make_module(titles={"fa": "دیگری"})
    person = make_member(make_organization(network, shares_names=True))
    begin(person, module)
    begin(person, other)
    client.sign_in(make_admin(network))
    assert len(rows_of(client, network)) == 2
    assert [row[2] for row in rows_of(client, network, f"/csv?module={other.public_id}")] == ["دیگری"]


def test_a_name_is_no_formula(client: PageClient) -> None:
    network, module = make_network(), make_module()
    begin(make_member(make_organization(network, shares_names=True), make_person(display_name="=1+1")), module)
    client.sign_in(make_admin(network))
    assert rows_of(client, network)[0][1] == "'=1+1"


def test_statements_do_not_grow(client: PageClient) -> None:
    network, module = make_network(), make_module()
    client.sign_in(make_admin(network))

    def more() -> int:
        for shares in (True, False, True):
            organization = make_organization(network, shares_names=shares)
            for _number in range(2):
                begin(make_member(organization), module)
        with counted_statements() as seen:
            assert rows_of(client, network)
        return len(seen)

    assert more() == more()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tehran", "Asia/Kathmandu", "America/New_York", "Africa/Cairo"])
def test_a_day_is_the_day_of_the_zone(zone: str) -> None:
    days, at = LocalDays(zone), datetime(2024, 1, 1, tzinfo=UTC)
    while at.year < 2025:
        raw = at.replace(tzinfo=None)
        right = at.astimezone(ZoneInfo(zone)).date()
        assert days.of(raw).day == days.of(str(raw)).day == right
        at += timedelta(minutes=15)
