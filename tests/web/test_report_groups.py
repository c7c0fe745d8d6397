"""The completion report by country, field of work, cohort, language and month, and networks together."""

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.queries import local_day
from lms.clock import now, today
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.kinds import Form, Reach, Sector
from lms.organizations.models import Membership, Network, NetworkMembership, Organization
from lms.organizations.queries import network_by_public_id
from lms.progress.models import ModuleCompletion
from lms.reports.protection import protect_groups
from lms.reports.queries.choices import choices_of
from lms.reports.queries.completion import Cell
from lms.reports.queries.groups import Dimension, GroupReport, group_report
from lms.reports.queries.kinds import networks_together
from lms.reports.queries.modules import editions_of, modules_of
from lms.reports.queries.trends import TrendQuery, trend
from lms.reports.query import CompletionQuery
from lms.reports.ranges import months_until
from lms.reports.steps import StepKind
from tests.certification import complete, make_module
from tests.cohorts import make_cohort
from tests.conftest import LANGUAGES
from tests.factories import LONG_AGO, add, make_member, make_network, make_organization
from tests.histories import History
from tests.page import PageClient
from tests.queries import counted_statements
from tests.reporting import ask, completed_in, make_admin, naive_completed, naive_people

SEEDS = range(4)
EVENTS = 120
GREGORIAN = Formatter("en")


def group(network: Network, dimension: Dimension, **query: Any) -> GroupReport:
    day = local_day(network, now())
    with reading_as(GREGORIAN):
        months = months_until(day)
    asked = CompletionQuery(network.id, **query)
    cohorts = choices_of(network.id, day).cohorts
    return group_report(dimension, asked, network, modules_of(network.id), cohorts, months, now=now())


def completed(cells: tuple[Cell, ...]) -> list[int | None]:
    return [cell.completed for cell in cells]


def spread(network: Network, chance: Random) -> dict[int, tuple[str | None, str | None]]:
    """Give the organizations countries and fields by chance; id to (country, sector)."""
    found: dict[int, tuple[str | None, str | None]] = {}
    with write_unit() as session:
        for organization in session.scalars(select(Organization)):
            organization.country = chance.choice(("IR", "BH", None))
            organization.sector = chance.choice((Sector.WOMEN, Sector.HEALTH, None))
            found[organization.id] = (organization.country, organization.sector)
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("with_edition", [False, True])
def test_places_are_sums_of_distinct_people(app: Flask, seed: int, with_edition: bool) -> None:
    history = History(Random(seed)).happen(EVENTS)
    network = history.networks[0]
    given_to = spread(network, Random(seed))
    people = naive_people(network.id, local_day(network, now()))
    module = history.modules[0]
    edition = editions_of(module.id)[0].id if with_edition else None
    asked: dict[str, Any] = {"module_id": module.id, "edition_id": edition} if with_edition else {}
    for place, dimension in enumerate((Dimension.COUNTRY, Dimension.SECTOR)):
        made = group(network, dimension, **asked)
        assert {row.key for row in made.rows} == {given_to[id_][place] or "" for id_ in people}
        for row in made.rows:
            members = set().union(*(each for id_, each in people.items() if (given_to[id_][place] or "") == row.key))
            assert row.people == len(members)
            expected = [naive_completed(members, each.id, edition_id=edition) for each in made.modules]
            assert completed(row.cells) == expected
        whole = ask(network, **asked)
        assert made.people == whole.people
        assert made.totals == whole.totals
        assert not made.hides


def test_organization_filters_choose_what_is_grouped(app: Flask) -> None:
    network, module = make_network(), make_module()
    for country, sector in (("IR", Sector.WOMEN), ("IR", Sector.HEALTH), ("BH", Sector.WOMEN)):
        complete(make_member(make_organization(network, country=country, sector=sector)), module)
    made = group(network, Dimension.COUNTRY, sector="women", module_id=module.id)
    assert {row.key: completed(row.cells) for row in made.rows} == {"IR": [1], "BH": [1]}
    assert completed(made.totals) == [2]


@pytest.mark.parametrize("seed", SEEDS)
def test_languages_are_the_totals_of_the_report_that_is_filtered_by_them(app: Flask, seed: int) -> None:
    network = History(Random(seed)).happen(EVENTS).networks[seed % 2]
    made = group(network, Dimension.LANGUAGE)
    for row in made.rows:
        assert row.cells == ask(network, language=row.key).totals
    assert made.totals == ask(network).totals


@pytest.mark.parametrize("seed", range(8))
def test_cohorts_are_the_totals_of_the_report_that_is_filtered_by_them_or_hidden(app: Flask, seed: int) -> None:
    chance = Random(seed)
    network = History(chance).happen(EVENTS).networks[0]
    everybody = list(db.session.scalars(select(Person)))
    cohorts = {}
    for size in (3, 6, 8):
        cohort = make_cohort(network, *chance.sample(everybody, size))
        cohorts[cohort.public_id] = cohort.id
    made = group(network, Dimension.COHORT)
    people = set().union(*naive_people(network.id, local_day(network, now())).values())
    assert {row.key for row in made.rows} == set(cohorts)
    for row in made.rows:
        filtered = ask(network, cohort_id=cohorts[row.key])
        cut = filtered.query.cut(network.time_zone)
        for module, cell, total in zip(made.modules, row.cells, filtered.totals, strict=True):
            if cell.completed is not None:
                assert cell.completed == naive_completed(people, module.id, cut)
                # That nobody at all is in it may be said here, where the filtered report hides small organizations.
                assert total.completed == cell.completed or not cell.completed
                assert not 0 < cell.completed < network.threshold
                assert not 0 < cell.people - cell.completed < network.threshold
    hidden_alone(made, network.threshold)


@pytest.mark.parametrize("seed", range(8))
def test_months_count_completions_where_and_when_they_happened(app: Flask, seed: int) -> None:
    network = History(Random(seed)).happen(EVENTS).networks[0]
    made = group(network, Dimension.MONTH)
    expected = naive_months(network)
    for place, module in enumerate(made.modules):
        counts = {key: number for (module_id, key), number in expected.items() if module_id == module.id}
        for row in made.rows:
            number = row.cells[place].completed
            assert number in (None, counts.get(row.key, 0))
            assert number is None or not 0 < number < network.threshold
        total = made.totals[place].completed
        assert total in (None, sum(counts.values()))
        if total is not None and not any(row.cells[place].completed is None for row in made.rows):
            assert sum(row.cells[place].completed or 0 for row in made.rows) == total
    hidden_alone(made, network.threshold)


@pytest.mark.parametrize("seed", range(8))
def test_months_show_nothing_that_over_time_hides(app: Flask, seed: int) -> None:
    network = History(Random(seed)).happen(EVENTS).networks[0]
    made = group(network, Dimension.MONTH)
    modules, day = tuple(modules_of(network.id)), local_day(network, now())
    for place, module in enumerate(made.modules):
        asked = TrendQuery(network.id, network.threshold, modules, module, StepKind.MONTH, date(2000, 1, 1), day)
        hidden = {row.step for row in trend(asked) if row.completions is None}
        shown = {row.month: row.cells[place].completed for row in made.rows}
        recent = hidden & shown.keys()
        assert all(shown[month] is None for month in recent)
        # The time before would part the sum of what is hidden in two.
        assert not recent or hidden == recent or shown[None] is None


def test_months_of_an_edition_show_nothing_that_over_time_hides(client: PageClient) -> None:
    network = make_network(threshold=5)
    organization = make_organization(network)
    people = [make_member(organization, starts_on=LONG_AGO) for _number in range(17)]
    small, large = make_module(), make_module()
    this = local_day(network, now()).replace(day=1)
    earlier = (this - timedelta(days=1)).replace(day=1)
    for module, numbers in ((small, (2, 7)), (large, (9, 8))):
        some = iter(people)
        for month, number in zip((earlier, this), numbers, strict=True):
            for person in islice(some, number):
                complete(person, module, datetime.combine(month, time(0, 30), tzinfo=UTC))
    client.sign_in(make_admin(network))
    for end in ("", "&version=1"):
        where = address(network.public_id, "month", f"/json?module={large.public_id}{end}", "en")
        rows = json.loads(client.get(where).data)["rows"]
        assert len(rows) > 1
        assert not [row for row in rows if {8, 9}.intersection(row.values())], end


def naive_months(network: Network) -> dict[tuple[int, str], int]:
    """(Module, first day of the month; "" for before the last year) to completions, by looking at every row."""
    found: dict[tuple[int, str], int] = {}
    this = local_day(network, now()).replace(day=1)
    for each in db.session.scalars(select(ModuleCompletion)):
        day = each.occurred_at.astimezone(ZoneInfo(network.time_zone)).date()
        if each.person_id in set().union(*belonging(network, day).values()):
            first = day.replace(day=1)
            months = (this.year - first.year) * 12 + this.month - first.month
            key = each.module_id, first.isoformat() if months < 12 else ""
            found[key] = found.get(key, 0) + 1
    return found


def belonging(network: Network, day: date) -> dict[int, set[int]]:
    """The people of a day, also those whom an erasure has left nameless since."""
    found = {}
    for link in db.session.scalars(select(NetworkMembership)):
        if link.network_id == network.id and link.covers(day):
            found[link.organization_id] = {
                each.person_id
                for each in db.session.scalars(select(Membership))
                if each.organization_id == link.organization_id and each.covers(day) and each.confirmed_at is not None
            }
    return found


def hidden_alone(made: GroupReport, threshold: int) -> None:
    """Nothing that is hidden can be worked out of the other groups, where the groups that are not hidden allow it."""
    for place in range(len(made.modules)):
        numbers = [row.cells[place].completed for row in made.rows]
        if any(numbers):
            assert numbers.count(None) != 1


def test_large_groups_are_shown(app: Flask) -> None:
    network, module = make_network(threshold=2), make_module()
    one, two = make_organization(network), make_organization(network)
    people = [make_member(place) for place in (one, two) for _ in range(8)]
    for place, person in enumerate(people):
        completed_in(person, module, ("fa", "ar")[place % 2], now() - timedelta(days=70 * (place % 2)))
    cohort = make_cohort(network, *(people[place] for place in (0, 1, 2, 3, 8, 9, 10, 11)))
    asked = {"module_id": module.id}
    assert {row.key: completed(row.cells) for row in group(network, Dimension.LANGUAGE, **asked).rows} == {
        "fa": [8],
        "ar": [8],
        "en": [0],
    }
    made = group(network, Dimension.COHORT, **asked)
    assert [(row.key, row.people, completed(row.cells)) for row in made.rows] == [(cohort.public_id, 8, [8])]
    made = group(network, Dimension.MONTH, **asked)
    assert sorted(row.cells[0].completed or 0 for row in made.rows)[-2:] == [8, 8]
    assert made.totals[0].completed == 16


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 12), max_size=8), st.integers(1, 6))
def test_hidden_groups_are_many_enough(numbers: dict[str, int], threshold: int) -> None:
    small = {key for key, number in numbers.items() if 0 < number < threshold}
    hidden = protect_groups(numbers, small, threshold)
    assert small <= hidden
    shown = [key for key in numbers if key not in hidden and numbers[key]]
    if small and shown:
        assert len(hidden) > 1
        assert sum(numbers[key] for key in hidden) >= threshold
    if not small:
        assert not hidden


def address(public_id: str, dimension: str, end: str = "", language: str = "fa") -> str:
    by = f"by-{dimension}" if end.startswith("/") else f"by/{dimension}"
    return f"/{language}/networks/{public_id}/reports/{by}{end}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dimension", [each.value for each in Dimension])
def test_page_and_files_have_the_same_numbers(client: PageClient, dimension: str, language: str) -> None:
    network, module = make_network(threshold=2), make_module()
    people = [make_member(make_organization(network, country=code, sector="health")) for code in ("IR", "IR", "BH")]
    for person in people:
        complete(person, module)
    make_cohort(network, *people)
    client.sign_in(make_admin(network))
    page = client.get(address(network.public_id, dimension, "?show=numbers", language))
    score = {"fa": "۳ از ۳", "ar": "3 من 3", "en": "3 of 3"}[language]
    assert score in page.text
    only = f"?module={module.public_id}"
    data = client.get(address(network.public_id, dimension, f"/csv{only}", language)).data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(data)))
    found = json.loads(client.get(address(network.public_id, dimension, f"/json{only}", language)).data)
    rows = table[1 : table.index([])]
    assert len(rows) == found["rows_expected"] + 1
    assert found["totals"][f"{module.public_id}_completed"] == 3
    assert rows[-1][-2:] == ["3", "1.0"]
    assert client.get(address(network.public_id, dimension, f"/xlsx{only}", language)).data[:2] == b"PK"


def test_groups_belong_to_their_network(client: PageClient) -> None:
    network, other = make_network(), make_network()
    client.sign_in(make_admin(other))
    client.get(address(network.public_id, "country"), 404)
    client.get(address(other.public_id, "nothing"), 404)
    client.get(address(other.public_id, "country", "/docx"), 404)
    client.get(address(other.public_id, "country", "?fewer=2"), 422)


def grow(public_id: str) -> None:
    network, module = network_by_public_id(public_id), make_module()
    for number in range(3):
        organization = make_organization(network, country=("IR", "BH", "LB")[number])
        people = [make_member(organization) for _ in range(3)]
        make_cohort(network, *people)
        for person in people:
            complete(person, module)


@pytest.mark.parametrize("dimension", [each.value for each in Dimension])
def test_statements_do_not_grow_with_rows(client: PageClient, dimension: str) -> None:
    network = make_network()
    public_id = network.public_id
    client.sign_in(make_admin(network))
    counts = []
    for _ in range(2):
        grow(public_id)
        db.session.remove()
        with counted_statements() as seen:
            client.get(address(public_id, dimension))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


def test_networks_together_count_each_person_once(app: Flask) -> None:
    one = make_network(form=Form.UNION, reach=Reach.NATIONAL)
    two = make_network(form=Form.UNION, reach=Reach.REGIONAL)
    make_network(form=Form.FORUM)
    module = make_module()
    organization, other = make_organization(one), make_organization(two)
    add(NetworkMembership(network_id=two.id, organization_id=organization.id, starts_on=LONG_AGO))
    both = make_member(organization)
    make_member(other, both)
    make_member(other)
    complete(both, module)
    place = [each.id for each in modules_of(None)].index(module.id)
    found = networks_together([one.id, two.id], modules_of(None), today())
    numbers = {key: (each.people, each.cells[place].completed) for key, each in found.items()}
    assert numbers == {
        "form:union": (2, 1),
        "reach:national": (1, 1),
        "reach:regional": (2, 1),
        "all": (2, 1),
        f"network:{one.public_id}": (1, 1),
        f"network:{two.public_id}": (2, 1),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_my_networks_shows_mine_alone(client: PageClient, language: str) -> None:
    mine, other = make_network(reach=Reach.REGIONAL), make_network()
    empty = make_network(form=Form.UNION)
    complete(make_member(make_organization(mine)), make_module())
    client.sign_in(make_admin(mine, empty))
    with counted_statements() as seen:
        page = client.get(f"/{language}/reports/networks?show=numbers")
    assert len(seen) <= 14
    assert mine.public_id in page.text
    assert empty.public_id in page.text
    assert other.public_id not in page.text
    assert {"fa": "منطقه‌ای", "ar": "إقليمي", "en": "Regional"}[language] in page.text
    assert f"/{language}/reports/networks" in client.get(address(mine.public_id, "country", "", language)).text
