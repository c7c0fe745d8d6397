"""What the completion report can be filtered by beside names, countries, progress, modules, languages and days."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.accounts.models import Person
from lms.certification.queries import local_day
from lms.clock import now
from lms.cohorts.models import CohortMember
from lms.db import db, write_unit
from lms.formats import Formatter
from lms.i18n import reading_as
from lms.organizations.kinds import Sector
from lms.organizations.models import Network, Organization
from lms.reports.queries.modules import editions_of
from lms.reports.ranges import last_ramadan, ranges
from lms.training.models import Module
from tests.certification import complete, make_module
from tests.cohorts import make_cohort
from tests.conftest import LANGUAGES
from tests.factories import make_member, make_network, make_organization
from tests.histories import History
from tests.page import PageClient
from tests.reporting import ask, completed_in, make_admin, naive_completed, naive_people

SEEDS = range(3)
EVENTS = 120


def address(network: Network, end: str = "", language: str = "fa") -> str:
    return f"/{language}/networks/{network.public_id}/reports/completion{end}"


def ids(made: Any) -> set[int]:
    return {row.id for row in made.page.items}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_edition_is_counted_as_by_hand(app: Flask, seed: int) -> None:
    history = History(Random(seed)).happen(EVENTS)
    for network, module in zip(history.networks, history.modules[:1] * 2, strict=True):
        people = naive_people(network.id, local_day(network, now()))
        for edition in editions_of(module.id):
            made = ask(network, module_id=module.id, edition_id=edition.id)
            for row in made.page.items:
                expected = naive_completed(people[row.id], module.id, edition_id=edition.id)
                assert row.cells[0].completed == expected
            everybody = set().union(*people.values())
            assert made.totals[0].completed == naive_completed(everybody, module.id, edition_id=edition.id)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("with_edition", [False, True])
def test_fewer_people_than_finds_what_counting_by_hand_finds(app: Flask, seed: int, with_edition: bool) -> None:
    history = History(Random(seed)).happen(EVENTS)
    network, module = history.networks[0], history.modules[0]
    people = naive_people(network.id, local_day(network, now()))
    edition_id = editions_of(module.id)[0].id if with_edition else None
    counts = {id_: naive_completed(each, module.id, edition_id=edition_id) for id_, each in people.items()}
    for fewer in range(1, 6):
        made = ask(network, module_id=module.id, fewer=fewer, edition_id=edition_id)
        assert ids(made) == {id_ for id_, count in counts.items() if count < fewer}
        together = set().union(*(people[row.id] for row in made.page.items))
        assert made.people == len(together)
        assert made.totals[0].completed == naive_completed(together, module.id, edition_id=edition_id)


@pytest.mark.parametrize("seed", range(6))
def test_under_a_cut_fewer_looks_at_what_is_shown_alone(app: Flask, seed: int) -> None:
    history = History(Random(seed)).happen(EVENTS)
    network, module = history.networks[0], history.modules[0]
    cut: dict[str, Any] = {"since": local_day(network, now()) - timedelta(days=30)}
    whole = ask(network, module_id=module.id, **cut)
    shown = {row.id: row.cells[0].completed for row in whole.page.items}
    for fewer in (1, 3, 50):
        made = ask(network, module_id=module.id, fewer=fewer, **cut)
        assert ids(made) == {id_ for id_, number in shown.items() if number is not None and number < fewer}
        assert made.unknown == sum(number is None for number in shown.values())
        assert made.totals == whole.totals


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("beside", ["", "language", "since"])
def test_a_cohorts_part_is_what_counting_by_hand_gives_or_hidden(app: Flask, seed: int, beside: str) -> None:
    chance = Random(seed)
    history = History(chance).happen(EVENTS)
    network = history.networks[0]
    day = local_day(network, now())
    cohort = make_cohort(network, *chance.sample(list(db.session.scalars(select(Person))), 6))
    also: dict[str, Any] = {"language": {"language": "fa"}, "since": {"since": day - timedelta(days=30)}}
    made = ask(network, cohort_id=cohort.id, **also.get(beside, {}))
    assert made.is_cut
    cut = made.query.cut(network.time_zone)
    people = naive_people(network.id, day)
    for row in (*made.page.items, None):
        members = people[row.id] if row else set().union(*people.values())
        for module, cell in zip(made.modules, row.cells if row else made.totals, strict=True):
            whole, part = naive_completed(members, module.id), naive_completed(members, module.id, cut)
            assert cell.completed in (part, None)
            if cell.completed is not None:
                assert not 0 < part < network.threshold
                assert not 0 < whole - part < network.threshold


def test_a_large_cohort_is_shown_and_whoever_left_it_is_not_counted(app: Flask) -> None:
    network, module = make_network(threshold=2), make_module()
    organization = make_organization(network)
    people = [make_member(organization) for _ in range(9)]
    for person in people:
        complete(person, module)
    cohort = make_cohort(network, *people[:5])
    asked = {"cohort_id": cohort.id, "module_id": module.id}
    assert ask(network, **asked).page.items[0].cells[0].completed == 5
    leave(cohort.id, people[0])
    assert ask(network, **asked).page.items[0].cells[0].completed == 4


def leave(cohort_id: int, person: Person) -> None:
    with write_unit() as session:
        query = select(CohortMember).where(CohortMember.cohort_id == cohort_id, CohortMember.person_id == person.id)
        session.scalars(query).one().left_at = now()


def test_organizations_are_found_by_their_field_of_work(client: PageClient) -> None:
    network = make_network()
    women = make_organization(network, names={"fa": "کانون بانوان"}, sector=Sector.WOMEN)
    make_organization(network, names={"fa": "کانون درخت"}, sector=Sector.ENVIRONMENT)
    make_organization(network, names={"fa": "کانون بی‌زمینه"})
    assert ids(ask(network, sector="women")) == {women.id}
    client.sign_in(make_admin(network))
    page = client.get(address(network, "?sector=women")).text
    assert "کانون بانوان" in page
    assert "کانون درخت" not in page
    assert "زمینهٔ فعالیت: <bdi>زنان</bdi>" in page
    assert "زنان" in client.get(address(network, "/csv?sector=women")).data.decode()
    client.get(address(network, "?sector=none"), 422)


def test_a_manager_says_what_field_her_organization_works_in(client: PageClient) -> None:
    network = make_network()
    organization = make_organization(network)
    client.sign_in(make_admin(network))
    new = f"/fa/networks/{network.public_id}/organizations/new"
    client.post(new, {"name_fa": "انجمن تازه", "sector": "health", "country": ""})
    found = db.session.scalars(select(Organization).where(Organization.id != organization.id)).one()
    assert found.sector == Sector.HEALTH
    client.post(new, {"name_fa": "انجمن دیگر", "sector": "nothing", "country": ""}, 422)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_looks_at_one_module_asks_for_one(client: PageClient, language: str) -> None:
    network, module = make_network(), make_module()
    make_organization(network)
    client.sign_in(make_admin(network))
    for end in ("?fewer=2", "?version=1", f"?module={module.public_id}&version=7", "?fewer=x", "?fewer=0"):
        page = client.get(address(network, end, language), 422)
        assert page.text.count('class="field is-wrong"') == 1
    page = client.get(address(network, f"?module={module.public_id}&version=1&fewer=2", language))
    assert page.text.count('class="chip"') == 3
    assert f'href="{address(network, "", language)}"' in page.text.split('class="chips"')[1]
    client.get(address(network, "/csv?fewer=2", language), 404)


def test_the_number_is_typed_in_any_digits_and_stands_in_the_address_in_ascii(client: PageClient) -> None:
    network, module = make_network(), make_module()
    few, many = make_organization(network, names={"fa": "کانون کم"}), make_organization(network)
    complete(make_member(few), module)
    for _ in range(2):
        complete(make_member(many), module)
    client.sign_in(make_admin(network))
    for two in ("2", "۲", "٢"):
        page = client.get(address(network, f"?module={module.public_id}&fewer={two}")).text
        assert "شمار تکمیل‌کنندگان کمتر از: <bdi>۲</bdi>" in page
        assert "۱ سازمان" in page
        assert "fewer=2&" in page
        assert 'value="۲"' in page


def test_a_cohort_of_another_network_is_none_here(client: PageClient) -> None:
    network, other = make_network(), make_network()
    cohort, foreign = make_cohort(network), make_cohort(other)
    make_organization(network)
    client.sign_in(make_admin(network))
    page = client.get(address(network, f"?cohort={cohort.public_id}")).text
    assert "گروه آموزشی: <bdi>گروه پاییز</bdi>" in page
    assert foreign.public_id not in page
    client.get(address(network, f"?cohort={foreign.public_id}"), 422)


def test_how_many_are_not_listed_is_said(client: PageClient) -> None:
    network, module = make_network(threshold=3), make_module()
    small = make_organization(network, names={"fa": "کانون خرد"})
    for member in (make_member(small), make_member(make_organization(network))):
        completed_in(member, module, "fa")
    client.sign_in(make_admin(network))
    page = client.get(address(network, f"?module={module.public_id}&language=fa&fewer=5")).text
    assert "۲ سازمان فهرست نشده‌اند" in page
    assert "کانون خرد" not in page


def test_a_reader_of_the_hijri_calendar_asks_since_ramadan(client: PageClient) -> None:
    network = make_network()
    make_organization(network)
    admin = make_admin(network)
    client.sign_in(admin)
    assert "رمضان" not in client.get(address(network, "", "ar")).text
    with write_unit() as session:
        session.get_one(Person, admin.id).hijri = True
    began = last_ramadan(local_day(network, now()))
    assert began is not None
    assert f"since={began.isoformat()}" in client.get(address(network, "", "ar")).text
    page = client.get(address(network, f"?since={began.isoformat()}", "ar")).text
    assert "1 رمضان" in page.split('class="chips"')[1]


def test_ranges_are_of_the_readers_calendar(app: Flask) -> None:
    day = date(2026, 3, 25)
    with app.test_request_context("/fa/"), reading_as(Formatter("fa")):
        found = [(each.since, each.until) for each in ranges(day)]
    last = (date(2026, 2, 20), date(2026, 3, 20))
    assert found == [(date(2026, 3, 21), None), last, (date(2026, 3, 21), None)]
    with app.test_request_context("/ar/"), reading_as(Formatter("ar", hijri=True)):
        found = [(each.since, each.until) for each in ranges(day)]
    last = (date(2026, 2, 1), date(2026, 2, 28))
    assert found == [(date(2026, 3, 1), None), last, (date(2026, 1, 1), None), (date(2026, 2, 18), None)]


@pytest.mark.parametrize(
    ("today", "began"),
    [
        (date(2026, 2, 17), date(2025, 3, 1)),
        (date(2026, 2, 18), date(2026, 2, 18)),
        (date(2026, 12, 31), date(2026, 2, 18)),
        (date(2100, 1, 1), None),
    ],
)
def test_the_ramadan_that_began_last(today: date, began: date | None) -> None:
    assert last_ramadan(today) == began


def test_editions_alone_are_offered(app: Flask) -> None:
    module = make_module()
    assert [each.number for each in editions_of(module.id)] == [1]
    assert editions_of(db.session.get_one(Module, module.id).id + 1) == []
